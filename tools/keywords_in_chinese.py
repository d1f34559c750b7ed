"""What the keywords of schema.json mean, in Chinese, for docs/schema-vocabulary.zh-CN.md."""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "$schema": "所用的JSON Schema版本，`https://json-schema.org/draft/2020-12/schema`；可以不写",
    "$id": "其他程序识别这个schema的名称",
    "$comment": "给维护人员看的说明，没有任何要求",
    "$defs": "供`$ref`引用的定义",
    "$ref": "引用同一文件中的定义（`#/$defs/…`）；旁边只写定义中没有的",
    "type": "是什么类型",
    "title": "规定的名称，报告中照此生成；提示中也用它称呼该栏目",
    "description": "填什么、怎么计数，显示给填报人",
    "properties": "各部分，按阅读顺序",
    "required": "必填的部分",
    "additionalProperties": "只能写false：数据中有其他部分的，不予接受",
    "items": "对每个段落的要求",
    "minItems": "最少段数；同时在`required`中而写0的，可以没有段落",
    "maxItems": "最多段数",
    "minLength": "最少字数；同时在`required`中而写0的，可以空着",
    "maxLength": "最多字数",
    "pattern": "文字应当符合的正则表达式（ECMA-262），见下文",
    "pattern_in_words": "用文字说明格式，例如：六位数字",
    "enum": "可选的内容",
    "const": "只能是这一个内容",
    "minimum": "最小值",
    "maximum": "最大值",
    "exclusiveMinimum": "必须大于该值",
    "exclusiveMaximum": "必须小于该值",
    "multipleOf": "必须恰好是该数的倍数；0.01即最多两位小数",
    "dependentRequired": "填了一部分的，所列其他部分也必须填写",
    "dependentSchemas": "填了一部分的，应当符合的要求",
    "if": "条件：某一栏目用`const`或者`enum`规定的内容",
    "then": "条件成立时的要求",
    "else": "条件不成立时的要求",
    "allOf": "几组`if`、`then`、`else`，都要符合",
    "balances": "勾稽关系，见下文",
    "mentions": "文字核对，见下文",
    "wordings": "用词，见下文",
    "rollup": "汇总办法，见下文",
    "unit": "计量单位，见下文",
}
PLACES: Mapping[str, str] = {
    "root": "最外层",
    "object": "object",
    "array": "array",
    "string": "string",
    "integer": "integer",
    "number": "number",
    "paragraph": "段落",
}
IN_WORKBOOK: Mapping[str, str] = {
    "": "",
    "yes": "有",
    "prompt": "输入提示",
    "sheet 校验": "“校验”页",
    "whole, decimal or text": "整数、小数或者文字",
    "a list, where Excel takes it": "下拉列表（Excel容得下的）",
}
