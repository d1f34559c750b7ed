#!/usr/bin/env bash
# pylnk3 0.4.3 writes Windows shortcuts, LnkParse3 1.6.0 reads them ([MS-SHLLINK]).
# One would guess that a name given as text comes out as it went in, as long as the link says that it is in Unicode.
# Seen: an item of a path that is of type FILE or FOLDER gets its Chinese name in UTF-16 without the mark that says so, so
# that it is read as other characters, and by pylnk3 itself as a path without its last part. Of a text with a character
# beyond the Basic Multilingual Plane (here 𬭊, which is in names) characters are counted, not units of UTF-16: its end is
# read as the beginning of the next text.
. "$(dirname "$0")/common.sh"
install pylnk3==0.4.3 LnkParse3==1.6.0
expect "named as text: ['t^¦^¥bJT', 'kX¥bhˆ.']; pylnk3 reads C:\\年度报告
named as Unicode: ['年度报告', '填报表.xlsx']; pylnk3 reads C:\\年度报告\\填报表.xlsx
described as: 𬭊, with arguments: '\\x02𬭊局'" <<'PYTHON'
from datetime import datetime
from io import BytesIO

import LnkParse3
import pylnk3


def written(link):
    content = BytesIO()
    link.write(content)
    return content.getvalue()


def read(content):
    return LnkParse3.lnk_file(BytesIO(content)).get_json()


def linked(mark):
    link = pylnk3.Lnk()
    link.link_flags.IsUnicode, link.link_info = True, None
    items = [pylnk3.RootEntry(pylnk3.ROOT_MY_COMPUTER), pylnk3.DriveEntry("C:")]
    for kind, name in ((pylnk3.TYPE_FOLDER, "年度报告"), (pylnk3.TYPE_FILE, "填报表.xlsx")):
        item = pylnk3.PathSegmentEntry()
        item.type, item.full_name, item.file_size = kind + mark, name, 0
        item.created = item.modified = item.accessed = datetime(2020, 1, 1)
        items.append(item)
    link.shell_item_id_list = pylnk3.LinkTargetIDList()
    link.shell_item_id_list.items = items
    return link


for words, mark in (("text", ""), ("Unicode", " (UNICODE)")):
    content = written(linked(mark))
    names = [item["primary_name"] for item in read(content)["target"]["items"][2:]]
    print(f"named as {words}: {names}; pylnk3 reads {pylnk3.parse(BytesIO(content)).path}")
link = pylnk3.Lnk()
link.link_flags.IsUnicode, link.link_info = True, None
link.description = link.arguments = "𬭊局"
told = read(written(link))
print(f"described as: {told['data']['description']}, with arguments: {told['data']['command_line_arguments']!r}")
PYTHON
