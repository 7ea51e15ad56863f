"""What stands on a page around a document, told by one line alone: navigation, buttons, page numbers, advertisements, boxes of a form."""

import re

from unionboard.reading.draft import IgnoredReason

_INSERTED = re.compile(
    r"范文内容地图|\[复制链接\]|[(（](?:本文)?(?:来自|来源|转自)\s*[:：][^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）]"
    r"|[【\[(（][^【】\[\]()（）。]{0,20}(?:www\s?[.。]|https?:|\.com|\.cn|\.net)[^【】\[\]()（）]{0,40}[】\])）]"
    r"|(?<=[\u4e00-\u9fff])(?:https?://|www\.)[A-Za-z0-9.\-/_?=&%#]{4,80}(?=[\u4e00-\u9fff])"
)
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（][a-zü]{{0,4}}[{_TONES}][a-zü]{{0,3}}[)）]")  # 計(jì)劃
_LIMIT = 250  # characters: a longer line holds text, whatever else stands in it
_BUTTON_LIMIT = 60  # characters of a line of buttons

_BEGINS = re.compile(  # how a line of the page begins
    r"(?:您?当前|您?所在|您?现在的?|您的|您当前的?)(?:的)?位置\s*(?::|是|$)|您的位置|欢迎访问|(?:网站)?(?:首页|主页)\s*[|>›»/]|[上下]一[篇页条]"
    r"|[^,。;:>›»]{1,16}(?:\s*[>›»]\s*[^,。;:>›»]{1,20}){2,6}$|分享[到至]|打印本页|关闭窗口|(?:责任)?编辑\s*[:|]|编号:[A-Z]"
    r"|(?:相关主题|文本预览|相关文档.*|最新文档|通知公告)$|(?:本文|原文|文章)(?:地址|链接|来源|出处|标题)\s*:|(?:作者|信息来源|文章来源|来源)\s*:[^。]{0,40}$"
    r"|(?:技术支持|版权声明|免责声明|联系我们|关于我们|友情链接|网站地图)(?:\s*[|:]|$)|(?:推荐|延伸)阅读\s*:|相关(?:通知|新闻|链接|文章|阅读|文档|资讯)\s*:"
    r"|(?:责编|校对|图文|文字|排版|美编|监制|[初复终]审|供稿|撰稿|投稿邮箱)\s*[:|/]|(?:邮编|邮政编码|传真|e-?mail|电子邮箱)\s*:"
    r"|\d{4}[-/.]\d\d?[-/.]\d\d?\s+\d\d?:\d\d|\S{1,16}\s+\d{1,2}:\d\d$|积分\s*\d+|目\s*录$|本文档由|展开阅读"
    r"|第?\s*\d+\s*(?:页\s*)?(?:共|/)\s*\d+\s*页?$|第\s*\d+\s*页$|-{3,}|-\s*\d{1,3}\s*-$|.{0,30}第\s*\d+\s*页\s*[,/]?\s*\(?共\s*\d+\s*页.{0,10}$|page\s*\d+(?:\s*(?:of|/)\s*\d+)?$"
    r"|(?:沙发|板凳|地板|楼主|\d+\s*[楼#])\s*[:\s|].{0,40}$|本[帖主][^。]{0,12}由|返回列表|快速回复|发表回复|当前离线|显示全部楼层|使用道具"
    r"|(?:(?:收藏|分享|支持|反对|转发|点赞|在看|评论|顶|踩|赞|回复|举报)\s*\d*(?:\s+|$)){1,8}$|录入\s*:|【(?:发表评论|打印此[文页]|告诉好友|关闭窗口|收藏此文)】"
    r"|原创(?:\s|$)|关注我们|(?:微信)?(?:扫码|扫一扫|长按|识别|扫描)[^。,]{0,16}(?:关注|二维码|分享)|阅读\s*\d+|(?:THE\s+)?END$|Cookie"
    r"|请?(?:打开|下载)[^。,]{0,6}(?:APP|客户端).{0,8}$|(?:展开全文|阅读全文|继续阅读)$|(?:点击|立即)(?:此处)?(?:查看|阅读|下载|登录|注册)|开通会员",
    re.IGNORECASE,
)
_HOLDS = re.compile(  # what no other line holds
    r"Copyright|All Rights Reserved|版权所有|ICP备|公网安备|Powered by|(?:地址|邮编|邮政编码)\s*:?.{0,40}(?:电话|邮编|邮政编码|传真)\s*:?"
    r"|(?:发布|更新|发表|录入)(?:时间|日期|人|者)\s*:|浏览次数|点击数|阅读次数|(?:浏览|点击|阅读|访问|人气)(?:(?:次数|数|量)\s*[:(]?|\s*[:(])\s*\d+"
    r"|字[体号]\s*:\s*[\[【(]?\s*[大小]|\d{4}-\d\d-\d\d\s*\d\d:\d\d.{0,8}网$|最新范文推荐|撰写人:X|\.(?:docx?|xlsx?|pdf|wps)$"
    r"|(?:…{2,}|\.{4,}|·{4,}|_{4,})\s*\d{1,3}$|上传(?:人|者|时间)\s*:|下载券|VIP[^。]{0,4}下载|发表于\s*:?\s*\d{4}-|只看该作者|点击[^。]{0,6}蓝字|阅读原文"
    r"|喜欢此内容的人|预览时标签不可点|(?:APP|客户端)内?(?:打开|查看)|(?:使用|接受)[^。]{0,6}Cookie|登录后[^。]{0,6}(?:查看|阅读|下载|评论)|还剩[^。]{0,6}未读"
    r"|下载(?:本文|文档|原文)|(?:文档|本文)下载|如有侵权|侵权[^。]{0,10}删除",
    re.IGNORECASE,
)
# a line without any of these words is not searched: most lines are text
_HINTS = (
    *(
        "版权",
        "ICP",
        "icp",
        "公网",
        "地址",
        "邮编",
        "邮政",
        "发布",
        "更新",
        "发表",
        "录入",
        "浏览",
        "点击",
        "阅读",
        "访问",
        "人气",
        "字体",
        "字号",
        "网",
    ),
    *(
        "范文",
        "撰写",
        "….",
        "……",
        "....",
        "····",
        "____",
        ".doc",
        ".xls",
        ".pdf",
        ".wps",
        ".DOC",
        ".XLS",
        ".PDF",
        ".WPS",
        "上传",
        "下载",
        "只看该",
        "蓝字",
    ),
    *(
        "喜欢此",
        "预览时",
        "APP",
        "app",
        "App",
        "客户端",
        "ookie",
        "登录后",
        "还剩",
        "侵权",
        "opyright",
        "OPYRIGHT",
        "ights",
        "RIGHTS",
        "owered",
    ),
    *("小编", "仅供", "感谢", "欢迎", "http", "www", "HTTP", "WWW"),
)
_BUTTONS = re.compile(
    r"回复|举报|收藏本?页?|点?赞|分享|支持|反对|转发|评论|在看|倒序浏览|使用道具|复制链接|打印(?:本页|此页|文章)?|关闭(?:窗口|本页)?|返回(?:顶部|首页|列表|上页|上一页)?"
    r"|加入收藏|推荐给好友|我要(?:评论|纠错)|发表评论|字[体号]|微信好友|朋友圈|微信|新浪微博|腾讯微博|微博|QQ空间|QQ好友|分享到|大|中|小|TOP|\(\d+\)|\d+"
)
_BETWEEN = re.compile(r"[\s【】\[\]()|·•:/,、-]+")
_ONE_BUTTON = re.compile(r"[大中小\d]")
_RELATED = re.compile(
    r"(?:.{0,40}?相关(?:文章|推荐|阅读|热词|主题|链接|新闻|资讯|文档)\s*[】\]]?\s*:?$)|猜你喜欢|(?:【[^【】]{2,30}】)?(?:推荐|延伸)阅读\s*:?$"
    r"|(?:热门|最新|热点|推荐)文章\s*:?$|(?:网友|最新|全部|精彩)评论(?:\s*\(?\d+\)?)?\s*:?$|(?:大家|您可能|你可能)(?:还|也)(?:在看|看了|感兴趣|喜欢)|喜欢此内容的人"
)
_ADVERTISEMENT = re.compile(
    r"小编|仅供(?:大家)?参考|感谢您?的(?:参阅|阅读)|欢迎(?:大家)?(?:阅读|参阅|下载|借鉴|收藏)|https?://|www\.|最近发表了一篇|范文(?:网|大全)"
)
_ADVERTISES = re.compile(r"[-\s]*广告\s*:|★.*(?:篇|范文|模板)|更多[^。]{0,24}(?:请|尽在|点击|关注|敬请)")
_ROLES = r"[^,。;:]{0,6}?(?:主席|经理|书记|校长|院长|园长|厂长|主任|董事长|领导|行政|党支部|党委|党组|部门|单位|上级|科室|公司|学校|工会)"
_FORM = re.compile(
    r"[_\s:().-]{3,}$|(?:制表|填表|填报|编制|审核|审批|批准|校核|复核|拟稿|签发|呈报|记录)(?:人|单位|部门|日期|时间)?(?:\s*\(?(?:签字|签名|盖章|公章)\)?)?\s*:"
    rf"|(?:{_ROLES})?(?:意见|批示|审核意见|审批意见|审核|审批|审阅|审定|签字|签名|签章|签发|盖章)\s*(?:\([^()]{{0,6}}\))?\s*:.{{0,30}}$"
    r"|主题词\s*:|(?:抄\s*[送报]|报\s*送|分\s*送|主\s*送)\s*:|.{0,60}\d日\s*印发$|\(?共印\s*\d+\s*份\)?$|\(?此件[^。]{0,8}公开[^。]{0,4}\)?$"
    r"|[\u4e00-\u9fff]{2,12}[〔\[(]20\d\d[〕\])]\s*第?\s*\d{1,4}\s*号$"
    r"|(?!学习|传达|贯彻|下发|转发|印发|整理|收集)[\u4e00-\u9fff]{2,20}(?:工会|委员会|局|学校|公司|医院|小学|中学|党委)文件$"
    r"|(?:发件人|收件人|发送时间|抄送人?|密送|密级|紧急程度)\s*:"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOISE = re.compile(r"[A-Za-z].*[^\w\s|.:/,-]|[^\w\s|.:/,-].*[A-Za-z]")


def cut_insertions(text: str) -> str:
    """The words of a line without what the page wrote into them: an advertisement, an address, the sound of a character."""
    return _PINYIN.sub("", _INSERTED.sub("", text))


def why_no_content(plain: str) -> IgnoredReason | None:
    """Why a folded line is not the document's; None when it may be."""
    if not plain or len(plain) > _LIMIT:
        return None
    hinted = any(word in plain for word in _HINTS)
    if _BEGINS.match(plain) or _RELATED.match(plain) or (hinted and _HOLDS.search(plain)) or _is_buttons(plain):
        return IgnoredReason.PAGE_CHROME
    if _ADVERTISES.match(plain) or (hinted and _ADVERTISEMENT.search(plain)):
        return IgnoredReason.ADVERTISEMENT
    if _FORM.match(plain):
        return IgnoredReason.FORM_TEXT
    if len(plain) > 3 and not _CJK.search(plain) and _NOISE.search(plain):
        return IgnoredReason.UNREADABLE
    return None


def opens_links(plain: str) -> bool:
    """Whether a list of links to other pages begins here: nothing below it belongs to the document."""
    return bool(_RELATED.match(plain))


def _is_buttons(plain: str) -> bool:
    """Whether a line holds nothing but buttons: 【打印本页】【关闭窗口】, 回复 使用道具 举报."""
    if len(plain) > _BUTTON_LIMIT or not _BUTTONS.search(plain):
        return False
    words = [word for word in _BETWEEN.split(plain) if word]
    return all(_BUTTONS.fullmatch(word) for word in words) and not all(_ONE_BUTTON.fullmatch(word) for word in words)
