"""What the system or the machine says when something cannot be done, for people."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from reportfill.errors import ReportfillError
from reportfill.held_files import is_held
from reportfill.plain_files import UnreadableError, shortened
from reportfill.text import Text

_REASONS = {
    "ENOENT": "没有这个文件或文件夹",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "EEXIST": "已经有这个文件",
    "ENOTEMPTY": "文件夹不是空的",
    "EACCES": "没有权限，或者文件正被其他程序打开",
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
    "EPIPE": "接收端已经关闭",
    "EBADF": "输出已经关闭",
    "ESTALE": "网络文件夹的连接已失效",
    "ENOTCONN": "网络连接已断开",
    "EHOSTDOWN": "远程计算机没有响应",
    "EHOSTUNREACH": "无法连接远程计算机",
    "ENETUNREACH": "网络不通",
    "ENETDOWN": "网络不通",
    "ECONNREFUSED": "远程计算机拒绝连接",
    "ECONNRESET": "连接被远程计算机断开",
    "ECONNABORTED": "连接被中断",
    "ETIMEDOUT": "连接超时",
    "ENOSYS": "系统不支持这项操作",
    "EOPNOTSUPP": "系统不支持这项操作",
    "ENOTSUP": "系统不支持这项操作",
    "ECHILD": "子进程已经结束",
    "ENOLCK": "不能锁定文件",
}
_WHILE_WRITING = {
    "EACCES": "没有写入权限",
    "EPERM": "没有写入权限",
    "EFBIG": "磁盘已满或者文件过大",
}
_HELD = Text(
    "文件正被别的程序打开：请在Word、Excel或WPS中关闭后再运行",
    "another program has the file open: close it in Word, Excel or WPS, then run this again",
)
_WINDOWS = {
    3: Text("没有这个文件夹", "there is no such folder"),
    5: Text("没有权限，或者文件正被别的程序打开", "no permission, or another program has the file open"),
    53: Text("找不到网络路径", "the network path was not found"),
    59: Text("网络出错", "an unexpected network error"),
    64: Text("网络文件夹的连接已断开", "the network folder is no longer connected"),
    67: Text("找不到网络文件夹", "the network folder was not found"),
    121: Text("网络文件夹没有响应", "the network folder does not answer"),
    362: Text("云盘程序没有运行，文件还没有下载到本机", "the cloud drive's program is not running"),
    395: Text("云盘拒绝读写这个文件", "the cloud drive refuses access to the file"),
    1231: Text("网络不通", "the network cannot be reached"),
}
"""What Windows says where its own number tells more than that of C: System Error Codes of the Windows documentation."""

_WINDOWS_TOO_LONG = 206

LONGEST_PATH = 218
"""UTF-16 units of a path beyond which Excel opens no file (Excel specifications and limits: of a file's name with its
path). Windows itself ends at 259, unless an administrator lets it go on."""

_LONGEST = 200
"""UTF-16 units from which on a path may be too long for Windows, which then says that there is no such file."""


def reason_of(error: OSError, path: Path | None = None, *, writing: bool = False) -> Text:
    """Why the system refused to read a file, or to write it. What the system says of it itself is in the system's own
    language, and not told."""
    if isinstance(error, UnreadableError):
        return error.reason
    if path is None and isinstance(error.filename, str | os.PathLike):
        path = Path(error.filename)
    if path is not None and is_held(error, path, reads=not writing):
        return _HELD
    if path is not None and _is_too_long(error, path):
        length = path_length(path)
        too_long = Text(
            f"文件名或者路径过长（{length}个字符）：请缩短文件夹或者文件的名称",
            f"its name or path is too long ({length} characters): shorten the names of its folders or of the file",
        )
        if writing or not isinstance(error, FileNotFoundError):
            return too_long
        return Text(f"没有这个文件，或者{too_long.zh}", f"there is no such file, or {too_long.en}")
    name = errno.errorcode.get(error.errno or 0, "")
    by_windows = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    if by_windows is not None:
        return by_windows
    said = (_WHILE_WRITING.get(name) if writing else None) or _REASONS.get(name)
    english = os.strerror(error.errno or 0) if name else str(error)
    return Text(said or f"系统错误{error.errno or ''}（{name or type(error).__name__}）", english)


def is_of_one_file(error: OSError, path: Path, *, reads: bool = False) -> bool:
    """Whether it is this file alone that cannot be read or written: another program has it open, its path is too long,
    or what is to be read is not there."""
    if reads and isinstance(error, FileNotFoundError):
        return True
    return _is_too_long(error, path) or is_held(error, path, reads=reads)


def _is_too_long(error: OSError, path: Path) -> bool:
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == _WINDOWS_TOO_LONG:
        return True
    return isinstance(error, FileNotFoundError) and path_length(path) > _LONGEST


def path_length(path: Path) -> int:
    """The length of a whole path as Windows counts it: in units of UTF-16."""
    return utf16_length(str(path.absolute()))


def utf16_length(text: str) -> int:
    """The length of a text in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_one_line(error: OSError | MemoryError | RecursionError | ReportfillError) -> Text:
    """What could not be done, and why."""
    if isinstance(error, ReportfillError):
        return Text(error.chinese, error.english)
    if isinstance(error, MemoryError):
        return Text("内存不足", "there is not enough memory")
    if isinstance(error, RecursionError):
        return Text("内容嵌套过深，无法处理", "it is nested too deep")
    why = reason_of(error)
    if error.filename is None:
        return why
    what = shortened(str(error.filename), 200)
    return Text(f"{what}：{why.zh}", f"{what}: {why.en}")
