"""What a page brings around a document, line by line: named with its reason, and never taken for what a plan says."""

import pytest

from unionboard.reading.chrome import cut_insertions, opens_links, why_no_content
from unionboard.reading.draft import IgnoredReason
from unionboard.reading.lines import fold

_PAGE = (
    "您现在的位置：网站首页",
    "首页 | 学校概况 | 工会园地 | 联系我们",
    "青松网 > 工会之窗 > 计划总结",
    "上一篇：青松医院三月义诊通知",
    "下一条 关于召开四月例会的通知",
    "相关通知：六月份体检安排",
    "信息来源：校工会",
    "本文地址：青松网",
    "发布人：工会干事　浏览：128",
    "点击数：12",
    "2026-01-15 18:30 青松",
    "字号：大 中 小",
    "【打印本页】【关闭窗口】【返回顶部】",
    "分享 收藏 点赞(12) 在看",
    "微信 微博 QQ空间",
    "青松小学　地址：松林路1号　邮编：000000",
    "技术支持：青松网络",
    "本站ICP备0000号",
    "原创 青松工会",
    "点击上方蓝字关注我们",
    "长按识别二维码",
    "打开青松APP查看",
    "还剩3页未读",
    "阅读 1024　赞 35",
    "END",
    "本站使用Cookie改善浏览",
    "楼主 | 只看该作者",
    "Page 2 of 5",
    "青松公司工会计划 第 2 页（共 5 页）",
)
_FORM = (
    "编制：松一　审核：松二　批准：松三",
    "分管领导意见：同意。",
    "总经理批示：照此办理",
    "工会主席签字：",
    "主题词：工会 计划",
    "抄报：上级工会",
    "青松工会办公室　2026年1月9日印发",
    "（共印20份）",
    "（此件公开发布）",
    "青工字〔2026〕3号",
    "青松小学工会文件",
    "发件人: 青松工会",
)
_SAID_BY_A_PLAN = (
    "下载安装“青松工惠”APP，推广普惠服务",
    "动员新教师成为工会会员",
    "扫码签到后领取健步走物资，现场审核身份",
    "走访困难职工12人次",
    "活动地点：多功能厅",
    "负责人：松一",
    "大合唱比赛",
    "分享读书心得",
    "评论员文章学习",
    "学习传达上级工会文件",
    "财务人员编制预算，主席审核",
    "1、继续阅读经典书目",
)


@pytest.mark.parametrize("line", _PAGE)
def test_line_of_the_page(line: str) -> None:
    assert why_no_content(fold(line)) is IgnoredReason.PAGE_CHROME


@pytest.mark.parametrize("line", _FORM)
def test_line_of_a_form_or_an_official_letter(line: str) -> None:
    assert why_no_content(fold(line)) is IgnoredReason.FORM_TEXT


@pytest.mark.parametrize("line", _SAID_BY_A_PLAN)
def test_line_a_plan_may_say(line: str) -> None:
    assert why_no_content(fold(line)) is None


@pytest.mark.parametrize("line", ["相关阅读：", "【青松工会计划】相关文章", "猜你喜欢", "延伸阅读", "最新评论（3）", "您可能还喜欢"])
def test_list_of_links_begins(line: str) -> None:
    assert opens_links(fold(line))


def test_long_line_is_text_whatever_words_it_has() -> None:
    assert why_no_content("工会要求各小组认真学习。" * 30 + "版权所有") is None


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("工會工作計(jì)劃", "工會工作計劃"),
        ("組（zǔ）織歌詠比賽(sài)", "組織歌詠比賽"),
        ("健步走(5km)与读书会(A组)", "健步走(5km)与读书会(A组)"),
        ("青松小学工会计划[复制链接]", "青松小学工会计划"),
        ("做好送温【青松网www.example.com】暖工作", "做好送温暖工作"),
        ("做好送温www.example.com暖工作", "做好送温暖工作"),
    ],
)
def test_what_the_page_wrote_into_the_words_is_cut_out(printed: str, words: str) -> None:
    assert cut_insertions(printed) == words
