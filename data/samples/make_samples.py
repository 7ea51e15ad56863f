"""Writes plan-2026.docx and plan-2026.xlsx beside this file: the plans of a school union that does not exist.

Run from the root of the repository: python data/samples/make_samples.py
"""

from datetime import datetime
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from openpyxl.styles import Alignment, Border, Font, Side

HERE = Path(__file__).parent
WRITTEN_AT = datetime(2026, 1, 6, 9, 0)  # noqa: DTZ001 - Office files hold local times

TITLE = "青松小学工会2026年工作计划"
SECTIONS = {
    "指导思想": [],
    "思想引领，涵养师德师风": [
        "每学期组织一次师德专题学习，学后每人写一篇短感言。",
        "推选“青松好老师”，把身边的好故事写进校刊。",
        "学习《工会法》《教师法》，每年办一次普法小竞答。",
    ],
    "民主管理，做细校务公开": [
        "每学年召开1至2次教代会，做到提案件件有回音。",
        "校务每月公开一次，特殊事情随时公开。",
        "每学期听取一次教职工代表对食堂和值班安排的意见。",
    ],
    "关爱会员，做实送温暖": [
        "坚持五必访，会员生病住院、生育、退休等由委员上门看望。",
        "每月为当月过生日的会员送上一份祝福。",
        "全体会员体检两年一次，今年安排在五月。",
        "办理医疗互助续保，不漏一人。",
    ],
    "文体活动，练出好身体": [
        "每周三下午放学后开放教工活动室。",
        "每学期举办两次趣味比赛，以工会小组为单位报名。",
        "太极、合唱、摄影三个社团常年活动。",
    ],
    "素质提升，搭好成长台阶": [
        "师徒结对，每学期互相听课不少于4节。",
        "每季度办一次读书沙龙。",
        "配合教导处开展青年教师基本功练兵。",
    ],
    "女教工工作，守护半边天": [
        "每年安排一次女教工专项健康检查。",
        "用好“爱心妈妈小屋”，定期添置用品。",
    ],
    "自身建设，管好用好经费": [
        "每两周召开一次工会委员例会。",
        "平均每月报送二篇工会信息。",
        "每学期向会员公布一次经费收支，接受经审委员审查。",
    ],
}
GUIDING = "围绕学校立德树人这件大事，听会员的声音，办会员的实事，让每一位教职工在青松小学教得安心、过得舒心。"
SCHEDULE_HEADING = "月份安排"
MONTHS = {
    "一月": ["走访慰问困难教职工和退休教师。", "举办迎新春游园会。"],
    "二月": ["制定工会年度工作计划。"],
    "三月": ["开展庆“三八”花艺沙龙。", "组织学雷锋志愿服务。"],
    "四月": ["召开五届二次教代会。", "举行教工跳绳比赛。"],
    "五月": ["组织全体会员体检。", "评选“青松好老师”。"],
    "六月": ["慰问教职工子女，庆祝六一。", "公布上半年经费收支。"],
    "七、八月": ["组织会员疗休养。", "开展送清凉慰问。"],
    "九月": ["庆祝教师节，举行师徒结对仪式。", "发展新会员并建立会籍档案。"],
    "十月": ["组织重阳节退休教师茶话会。", "开展青年教师板书比武。"],
    "十一月": ["举办教工气排球联赛。", "办理医疗互助续保。"],
    "十二月": ["召开工会委员会，总结全年工作。", "评比先进工会小组。"],
}
SIGNED_BY, SIGNED_ON = "青松小学工会委员会", "2026年1月6日"

HEADER = ["序号", "月份", "工作项目", "工作内容", "负责人", "参加对象", "预算（元）", "备注"]
ROWS: list[tuple[str, list[tuple[str, str, str, str, int | None, str]]]] = [
    (
        "1月",
        [
            ("春节走访慰问", "上门看望困难会员、退休教师", "沈青禾", "困难会员", 3600, "每户附慰问信"),
            ("迎新春联欢会", "各小组出一个节目，现场写春联", "顾小满", "全体会员", 4500, ""),
        ],
    ),
    ("2月", [("制定年度工作计划", "征求小组意见后报学校党支部", "沈青禾", "工会委员", None, "")]),
    (
        "3月",
        [
            ("“三八”节花艺沙龙", "请园艺师授课，作品布置办公室", "林知夏", "女教工", 2800, ""),
            ("学雷锋志愿服务", "社区义务辅导一次", "程一诺", "青年教师", None, ""),
        ],
    ),
    (
        "4月",
        [
            ("五届二次教代会", "听取校长报告，审议绩效方案", "沈青禾", "教职工代表", 1200, "会后十日内答复提案"),
            ("读书沙龙", "共读一本教育随笔", "程一诺", "自愿报名", 900, ""),
            ("教工跳绳比赛", "单人、双人、长绳三项", "顾小满", "全体会员", 1500, ""),
        ],
    ),
    (
        "5月",
        [
            ("会员体检", "联系体检中心，分两批进行", "林知夏", "全体会员", 26000, "两年一次"),
            ("青松好老师评选", "小组推荐，全体会员投票", "程一诺", "全体会员", 2000, ""),
        ],
    ),
    (
        "6月",
        [
            ("六一亲子开放日", "会员子女进校园做手工", "林知夏", "会员子女", 1800, ""),
            ("上半年经费收支公示", "经审委员查账后张贴", "周予安", "全体会员", None, ""),
        ],
    ),
    (
        "7—8月",
        [
            ("会员疗休养", "省内三天两晚，自愿报名", "顾小满", "部分会员", 32000, "按上级标准执行"),
            ("送清凉慰问", "看望暑期值班和维修人员", "沈青禾", "值班人员", 1600, ""),
        ],
    ),
    (
        "9月",
        [
            ("教师节庆祝活动", "新教师宣誓，师徒结对签约", "程一诺", "全体会员", 3000, ""),
            ("发展新会员", "办理入会登记，建立会籍", "周予安", "新入职教师", None, ""),
        ],
    ),
    (
        "10月",
        [
            ("重阳节茶话会", "介绍学校新变化，听取建议", "沈青禾", "退休教师", 2400, ""),
            ("青年教师板书比武", "现场抽题，十分钟完成", "程一诺", "青年教师", 1000, "与教导处合办"),
        ],
    ),
    (
        "11月",
        [
            ("教工气排球联赛", "小组循环赛，设体育道德风尚奖", "顾小满", "全体会员", 2600, ""),
            ("医疗互助续保", "核对名单，统一缴费", "周予安", "全体会员", 7800, ""),
            ("消防安全演练", "请消防员讲解，实操灭火器", "周予安", "全体会员", None, ""),
        ],
    ),
    (
        "12月",
        [
            ("会员满意度调查", "线上问卷，结果向会员公布", "林知夏", "全体会员", None, ""),
            ("先进小组评比", "查看活动记录，会员代表打分", "沈青禾", "各工会小组", 1500, ""),
            ("年度工作总结会", "委员述职，讨论下年打算", "沈青禾", "工会委员", None, ""),
        ],
    ),
]


def write_word(path: Path) -> None:
    """The plan as Word writes it: headings and items carry automatic numbers, which stand nowhere in the text."""
    document = docx.Document()
    document.core_properties.author = SIGNED_BY
    document.core_properties.created = document.core_properties.modified = WRITTEN_AT
    _prepare(document)
    title = document.add_paragraph(style="Title")
    title.add_run(TITLE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for heading, measures in SECTIONS.items():
        _add(document, heading, num_id=1, level=0, style="Heading 1")
        if heading == "指导思想":
            document.add_paragraph(GUIDING).paragraph_format.first_line_indent = Pt(24)
        for measure in measures:
            _add(document, measure, num_id=1, level=1)
    _add(document, SCHEDULE_HEADING, num_id=1, level=0, style="Heading 1")
    for place, (month, items) in enumerate(MONTHS.items()):
        document.add_paragraph().add_run(f"{month}：").bold = True
        for item in items:
            _add(document, item, num_id=10 + place, level=0)
    for line in ("", SIGNED_BY, SIGNED_ON):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(str(path))


def _prepare(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for name, size, font in (("Normal", 12, "宋体"), ("Title", 20, "黑体"), ("Heading 1", 14, "黑体")):
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Times New Roman"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for abstract_id, levels in ((0, (("chineseCounting", "%1、"), ("decimal", "%2."))), (1, (("decimal", "%1、"),))):
        inner = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{look}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (look, text) in enumerate(levels)
        )
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for place in range(len(MONTHS)):
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{10 + place}"><w:abstractNumId w:val="1"/>{restart}</w:num>'))


def _add(document: Document, text: str, *, num_id: int, level: int, style: str = "Normal") -> None:
    properties = document.add_paragraph(text, style=style)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'))


def write_excel(path: Path) -> None:
    """The plan as a table: months merged over their rows, a title above, a row of sums and a note below."""
    book = openpyxl.Workbook()
    book.properties.creator = SIGNED_BY
    book.properties.created = WRITTEN_AT
    sheet = book.worksheets[0]
    sheet.title = "2026年计划"
    sheet.append(["青松小学工会2026年工作计划表"])
    sheet.append(HEADER)
    number = 0
    for month, items in ROWS:
        first = sheet.max_row + 1
        for name, content, owner, audience, yuan, note in items:
            number += 1
            sheet.append([number, month, name, content, owner, audience, yuan, note or None])
        if len(items) > 1:
            sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=2, end_column=2)
    total = sum(item[4] or 0 for _, items in ROWS for item in items)
    sheet.append(["合计", None, None, None, None, None, total])
    sheet.append(["注：预算以工会委员会审议通过的数额为准。"])
    sheet.merge_cells("A1:H1")
    sheet["A1"].font = Font(size=16, bold=True)
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row - 1):
        for cell in row:
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = Border(thin, thin, thin, thin)
    for column, width in zip("ABCDEFGH", (6, 8, 22, 34, 10, 12, 12, 20), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    book.save(path)


if __name__ == "__main__":
    write_word(HERE / "plan-2026.docx")
    write_excel(HERE / "plan-2026.xlsx")
