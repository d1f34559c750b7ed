"""The typeface of pictures: the first of those with Chinese that the computer has."""

from __future__ import annotations

import logging
from functools import cache

from matplotlib.font_manager import FontProperties, fontManager

from reportfill.errors import UsageError

logging.getLogger("matplotlib.font_manager").setLevel(
    logging.ERROR
)  # it tells of every face that has no bold one

FACES = (
    "Microsoft YaHei",
    "PingFang SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "Hiragino Sans GB",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "SimSun",
    "Songti SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "AR PL UMing CN",
)
"""Faces with the characters of the mainland, those that are made for screens before those for books."""


@cache
def typeface(*, bold: bool) -> FontProperties:
    """The typeface, and those that help out with rare characters. Raises UsageError where there is none."""
    installed = {font.name for font in fontManager.ttflist}
    found = [face for face in FACES if face in installed]
    if not found:
        raise UsageError(
            "pictures need a typeface with Chinese, and none is installed; on Debian: apt install fonts-noto-cjk",
            "图解需要中文字体，本机没有；请安装微软雅黑、黑体或者思源黑体（麒麟、统信：apt install fonts-noto-cjk）",
        )
    return FontProperties(family=[*found, "DejaVu Sans"], weight="bold" if bold else "normal")
