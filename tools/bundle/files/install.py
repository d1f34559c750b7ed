"""Install reportfill from the wheels beside this file, for whoever runs it: without a network or an administrator.

usage: python install.py            install, also over another version
       python install.py --remove   take it away again

It needs nothing but Python. A version is installed into a folder of its own and tried there; only then does `current`,
which icons and whatever starts at a logon go through, lead to it. So what was there before works on whatever happens.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Any

HERE = Path(__file__).absolute().parent
IS_WINDOWS = os.name == "nt"
STEPS = 4

PATIENCE = 20.0
"""Seconds that what watches in the background may take to end."""

REASONS = {
    errno.ENOSPC: "磁盘已满，请腾出空间后再运行一次",
    errno.EACCES: "没有写入权限，或者文件正被其他程序打开",
    errno.ENOENT: "找不到这个文件或者文件夹",
}


class RefusedError(Exception):
    """Why it cannot be done, and what to do."""


def main(arguments: list[str]) -> int:
    """Install or remove; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if arguments == ["--remove"]:
            remove(program_folder())
        elif arguments:
            raise RefusedError("只能不带选项（安装），或者用--remove（卸载）。")
        else:
            install(program_folder(), contents(HERE))
    except RefusedError as refusal:
        print(f"没有完成：{refusal}", flush=True)
    except OSError as error:
        reason = REASONS.get(error.errno or 0, error.strerror or str(error))
        print(f"没有完成：{error.filename or ''}：{reason}。", flush=True)
    except KeyboardInterrupt:
        print("已中断，请再运行一次。", flush=True)
    else:
        return 0
    return 1


def program_folder() -> Path:
    """Where the program is of whoever runs this."""
    if IS_WINDOWS:
        local = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(local) / "Programs" / "reportfill"
    return Path.home() / ".local" / "lib" / "reportfill"


def contents(folder: Path) -> dict[str, Any]:
    """What this folder says that it holds."""
    try:
        told: dict[str, Any] = json.loads((folder / "bundle.json").read_text("utf-8"))
        named = {key: told[key] for key in ("version", "python", "system")} | {"wheels": dict(told["wheels"])}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise RefusedError(
            "安装文件夹不完整，bundle.json缺失或者损坏。请重新复制整个安装文件夹，再运行一次。"
        ) from None
    return named


def install(home: Path, bundle: dict[str, Any]) -> None:
    """Install what a bundle holds, step by step."""
    version = bundle["version"]
    print(f"安装 reportfill {version}，位置：{home}", flush=True)
    require_python(bundle)
    made = home / f"{version}-{uuid.uuid4().hex[:6]}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as wheels:
        say(1, "核对安装文件")
        copy_wheels(bundle["wheels"], Path(wheels))
        try:
            say(2, "建立运行环境")
            make_environment(made)
            say(3, "安装软件（不联网）")
            install_wheels(made, Path(wheels), version)
            require_version(made, version)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    before = os.path.realpath(home / "current")
    lead(home / "current", made)
    say(4, "放置图标")
    command = put_command(home)
    put_icons(home / "current")
    remove_others(home, {made.name, os.path.basename(before)})
    print(f"安装完成：reportfill {version}", flush=True)
    print(f"命令：{command}", flush=True)


def say(step: int, what: str) -> None:
    """Say which step is taken."""
    print(f"[{step}/{STEPS}] {what}", flush=True)


def require_python(bundle: dict[str, Any]) -> None:
    """Refuse where this Python is not the one for which the wheels are."""
    if "WindowsApps" in PureWindowsPath(sys.base_prefix).parts:
        raise RefusedError(
            "当前的Python来自微软应用商店，用它安装的软件，其他程序找不到。请双击“安装.cmd”，使用本文件夹中的Python。"
        )
    python = "{}.{}".format(*sys.version_info)
    system = sysconfig.get_platform()
    if (python, system) != (bundle["python"], bundle["system"]):
        raise RefusedError(
            f"本安装文件夹用于Python {bundle['python']}（{bundle['system']}），当前为Python {python}（{system}）。"
            + (
                "请双击“安装.cmd”，不要直接运行install.py。"
                if IS_WINDOWS
                else f"请用Python {bundle['python']}运行，或者在本机所用的系统上重新制作安装文件夹。"
            )
        )


def copy_wheels(digests: dict[str, str], into: Path) -> None:
    """Copy the wheels to this computer, each compared with what it was when the folder was made."""
    for name, digest in digests.items():
        try:
            wheel = (HERE / "wheels" / name).read_bytes()
        except FileNotFoundError:
            wheel = b""
        if hashlib.sha256(wheel).hexdigest() != digest:
            raise RefusedError(f"安装文件缺失或者损坏：{name}。请重新复制整个安装文件夹，再运行一次。")
        (into / name).write_bytes(wheel)


def make_environment(folder: Path) -> None:
    """Make a virtual environment without pip, which lies among the wheels: Debian has it in a package of its own."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    said = run([sys.executable, "-I", "-m", "venv", "--without-pip", str(folder)])
    if said is not None:
        raise RefusedError(f"无法建立运行环境。请重新安装Python，再运行一次。（{said}）")


def install_wheels(environment: Path, wheels: Path, version: str) -> None:
    """Install from a folder of wheels and from nowhere else, whatever the settings of this computer say."""
    pip = next(wheels.glob("pip-*.whl")) / "pip"
    command = [
        str(python_of(environment)),
        "-I",
        str(pip),
        "--isolated",
        "--disable-pip-version-check",
        "install",
    ]
    source = ["--quiet", "--no-index", "--find-links", str(wheels), "--no-warn-script-location"]
    said = run([*command, *source, f"reportfill[password]=={version}"])
    if said is not None:
        raise RefusedError(
            f"安装文件无法使用。请重新制作或者重新复制安装文件夹；原来安装的版本不受影响。（{said}）"
        )


def require_version(environment: Path, version: str) -> None:
    """Refuse where what was installed does not run."""
    program = [str(python_of(environment)), "-I", "-m", "reportfill", "--version"]
    done = subprocess.run(program, capture_output=True, text=True, errors="replace", check=False)
    if done.stdout.strip() != f"reportfill {version}":
        raise RefusedError(
            f"安装后无法运行，可能被杀毒软件阻止；原来安装的版本不受影响。（{last_line(done.stderr)}）"
        )


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")


def lead(link: Path, folder: Path) -> None:
    """Let a link, or on Windows a junction, for which nobody has to be an administrator, lead to a folder."""
    fresh = link.with_name(f"{folder.name}.link")
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(folder), str(fresh))
        if os.path.lexists(link):
            os.unlink(link)  # no junction takes the place of another
        os.rename(fresh, link)
    else:
        os.symlink(folder.name, fresh)
        os.replace(fresh, link)


def put_command(home: Path) -> Path:
    """The command `reportfill`, for those who type commands; where it is. It goes through `current`: icons that it puts
    lead there, too. One that somebody else has put there is left alone."""
    command, text = command_of(home)
    if not os.path.lexists(command):
        command.parent.mkdir(parents=True, exist_ok=True)
        command.write_bytes(text.encode())
        command.chmod(0o755)
    return command if is_ours(home) else home / "current" / "bin" / "reportfill"


def command_of(home: Path) -> tuple[Path, str]:
    """Where the command is, and what is in it. On Windows it names its own folder and is plain ASCII, which is the same
    in every code page."""
    if IS_WINDOWS:
        program = '"%~dp0current\\Scripts\\python.exe"'
        return home / "reportfill.cmd", f"@{program} -P -m reportfill %*\r\n"
    program = shlex.quote(str(python_of(home / "current")))
    return Path.home() / ".local" / "bin" / "reportfill", f'#!/bin/sh\nexec {program} -P -m reportfill "$@"\n'


def is_ours(home: Path) -> bool:
    """Whether the command is the one that was put for the program in this folder."""
    command, text = command_of(home)
    try:
        return command.read_bytes() == text.encode()
    except OSError:
        return False


def put_icons(environment: Path) -> None:
    """Put the icons; where that cannot be, the commands work all the same."""
    program = [str(python_of(environment)), "-I", "-m", "reportfill", "desktop", "--lang", "zh"]
    if subprocess.run(program, check=False).returncode:
        print("图标没有放置；按上面的提示处理后，请再运行一次安装，或者运行 reportfill desktop。", flush=True)


def remove_others(home: Path, kept: set[str]) -> None:
    """Remove older versions but the last, with which somebody may be working now."""
    for folder in home.iterdir():
        if folder.is_dir() and folder.name not in {"current", *kept}:
            shutil.rmtree(folder, ignore_errors=True)


def remove(home: Path) -> None:
    """Take the program away, with its icons and what starts at a logon; what its user has made with it stays."""
    print(f"卸载 reportfill，位置：{home}", flush=True)
    if not os.path.lexists(home / "current"):
        raise RefusedError("没有安装，不用卸载。")
    python = [str(python_of(home / "current")), "-I"]
    leaving = "from reportfill.cli.at_logon import leave_all_off; leave_all_off()"
    with suppress(OSError):  # the Python for which it was installed is gone
        subprocess.run([*python, "-m", "reportfill", "desktop", "--remove", "--lang", "zh"], check=False)
        subprocess.run([*python, "-c", leaving], check=False)
    if is_ours(home):
        os.unlink(command_of(home)[0])
    aside = moved_aside(home)
    os.unlink(aside / "current")
    shutil.rmtree(aside, ignore_errors=True)
    print("卸载完成。自制的模板包、打开密码和已生成的文件没有删除。", flush=True)


def moved_aside(home: Path) -> Path:
    """Where the program's folder is now, which is moved in one step: on Windows that fails where somebody works with
    anything in it, and then all of it is there still."""
    aside = home.with_name(f"{home.name}-{uuid.uuid4().hex[:6]}")
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            os.rename(home, aside)
            return aside
        except PermissionError:
            if time.monotonic() > give_up:
                raise RefusedError(
                    "有文件正在使用。请关闭本软件的窗口，注销后重新登录，再运行一次卸载。"
                ) from None
            time.sleep(0.5)


def run(command: list[str]) -> str | None:
    """Run a program; the last line of what it says where it fails, else None."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    return last_line(done.stdout) if done.returncode else None


def last_line(said: str) -> str:
    """The last line that says something."""
    return next(filter(None, (line.strip() for line in reversed(said.splitlines()))), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
