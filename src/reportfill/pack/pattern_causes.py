"""Why a text is no regular expression, in Chinese: the package `regex` says it in English."""

from __future__ import annotations

_CAUSES = {
    "unterminated character set": "“[”没有配对的“]”",
    "expected character set": "“[”里缺少字符",
    "missing ]": "“[”没有配对的“]”",
    "missing )": "“(”没有配对的“)”",
    "unbalanced parenthesis": "“)”没有配对的“(”",
    "missing }": "“{”没有配对的“}”",
    "expected }": "“{”没有配对的“}”",
    "missing {": "缺少“{”",
    "missing <": "缺少“<”",
    "missing >": "缺少“>”",
    "nothing to repeat": "表示重复的符号前面没有可以重复的内容",
    "multiple repeat": "表示重复的符号连用了两次",
    "min repeat greater than max repeat": "重复次数的下限大于上限",
    "repeat count too big": "重复的次数太大",
    "bad character range": "字符范围写反了，前一个字符应当排在后一个字符之前",
    "bad set": "方括号的写法不对",
    "bad escape": "反斜杠“\\”的用法不对",
    "bad hex escape": "字符编码的写法不对",
    "incomplete escape": "反斜杠“\\”后面的内容不完整",
    "undefined character name": "没有这个名称的字符",
    "unknown property": "没有这种字符类别（\\p）",
    "bad character in group name": "组名里有不能用的字符",
    "missing group name": "缺少组名",
    "invalid group reference": "引用的组不存在",
    "invalid relative group": "引用的组不存在",
    "unknown group": "引用的组不存在",
    "ambiguous group reference": "引用的组不明确",
    "cannot refer to": "引用的组还没有结束",
    "group reference not allowed": "这里不能引用组",
    "duplicate group": "组名重复",
    "look-behind": "向后查看的部分长度必须固定",
    "lookbehind": "向后查看的部分长度必须固定",
    "unknown extension": "“(?”后面的写法不对",
    "bad inline flags": "“(?”后面的写法不对",
    "unexpected end of pattern": "写到末尾还不完整",
}
"""What is wrong, by how the words of `regex` begin or, for look-behind, what they hold."""

_OTHERWISE = "写法不对"


def cause_in_chinese(message: str) -> str:
    """What the message of `regex` says, in Chinese, to stand behind a place; that it is wrong, for one not known."""
    return next((chinese for words, chinese in _CAUSES.items() if words in message), _OTHERWISE)
