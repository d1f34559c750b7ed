"""What the system or the machine says when something cannot be done, for people."""

from __future__ import annotations

import errno

from reportfill.plain_files import shortened
from reportfill.text import Text

_REASONS = {
    "ENOENT": "没有这个文件或文件夹",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "EEXIST": "已经有这个文件",
    "ENOTEMPTY": "文件夹不是空的",
    "EACCES": "没有权限，或者文件正被别的程序打开",
    "EPERM": "没有权限",
    "EROFS": "磁盘是只读的",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件过大",
    "ENAMETOOLONG": "文件名过长",
    "EINVAL": "系统不接受这样的文件或文件名",
    "EILSEQ": "文件名中有系统不接受的字符",
    "ELOOP": "链接太多或者互相指向",
    "EIO": "读写磁盘出错",
    "EBUSY": "文件正被占用",
    "ETXTBSY": "文件正被占用",
    "EDEADLK": "文件正被占用",
    "EAGAIN": "暂时不能使用，请稍后再试",
    "EINTR": "操作被打断",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不足",
    "EXDEV": "不能跨磁盘移动",
    "ENODEV": "没有这个设备",
    "ENXIO": "没有这个设备",
    "ESPIPE": "这不是普通文件",
    "EPIPE": "接收方已经关闭",
    "EBADF": "输出已经关闭",
    "ESTALE": "网络文件夹的连接已失效",
    "ENOTCONN": "网络连接已断开",
    "EHOSTDOWN": "对方计算机没有响应",
    "EHOSTUNREACH": "无法连到对方计算机",
    "ENETUNREACH": "网络不通",
    "ENETDOWN": "网络不通",
    "ECONNREFUSED": "对方拒绝连接",
    "ECONNRESET": "连接被对方断开",
    "ECONNABORTED": "连接被中断",
    "ETIMEDOUT": "连接超时",
    "ENOSYS": "系统不支持这项操作",
    "EOPNOTSUPP": "系统不支持这项操作",
    "ENOTSUP": "系统不支持这项操作",
    "ECHILD": "子进程已经结束",
    "ENOLCK": "不能锁定文件",
}
_WHILE_WRITING = {
    "EACCES": "没有写入权限，或者文件正被别的程序打开",
    "EPERM": "没有写入权限",
    "EFBIG": "磁盘已满或者文件过大",
}


def reason_of(error: OSError) -> Text:
    """Why the system refused to read."""
    return Text(reason_in_chinese(error), error.strerror or str(error))


def reason_in_chinese(error: OSError, *, writing: bool = False) -> str:
    """Why the system refused to read, or to write, in Chinese."""
    name = errno.errorcode.get(error.errno or 0, "")
    said = _WHILE_WRITING.get(name) if writing else None
    return said or _REASONS.get(name) or f"系统错误{error.errno or ''}（{name or type(error).__name__}）"


def in_one_line(error: OSError | MemoryError | RecursionError) -> Text:
    """What could not be done that the system or the machine refuses, and why."""
    if isinstance(error, MemoryError):
        return Text("内存不足", "there is not enough memory")
    if isinstance(error, RecursionError):
        return Text("内容嵌套过深，无法处理", "it is nested too deep")
    why = reason_of(error)
    if error.filename is None:
        return why
    what = shortened(str(error.filename), 200)
    return Text(f"{what}：{why.zh}", f"{what}: {why.en}")
