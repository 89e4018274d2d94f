"""The sample of a reader's table: thirty cities with figures that are invented."""

from pilotzones.i18n import Language

# Chinese and English as people write them, among them a county-level city, a name of several
# places, and one with a slip of the pen
_CITIES = (
    ("深圳", "Shenzhen", "812.4"), ("广州", "Guangzhou", "640.2"), ("东莞", "Dongguan", "512.9"),
    ("佛山", "Foshan", "241.7"), ("宁波", "Ningbo", "486.3"), ("杭州", "Hangzhou", "603.5"),
    ("义乌", "Yiwu, Zhejiang", "371.8"), ("温州", "Wenzhou", "138.6"),
    ("苏州", "Suzhou, Jiangsu", "455.1"), ("南通", "Nantong", "96.2"),
    ("上海", "Shanghai", "702.8"), ("青岛", "Qingdao", "318.4"), ("烟台", "Yantai", "104.9"),
    ("天津", "Tianjin", "212.3"), ("大连", "Dalian", "127.5"), ("郑州", "Zhengzhou", "289.6"),
    ("武汉", "Wuhan", "203.1"), ("长沙", "Changsha", "176.4"), ("成都", "Chengdu", "334.7"),
    ("重庆", "Chongqing", "298.2"), ("西安市", "Xi'an, Shaanxi", "151.3"),
    ("昆明", "Kunming", "62.7"), ("崇左", "Chongzuo", "88.1"), ("喀什", "Kashgar", "45.6"),
    ("牡丹江", "Mudanjiang", "21.9"), ("长治", "Changzhi", "12.4"), ("宣城", "Xuancheng", "18.8"),
    ("日喀则", "Xigaze", "3.2"), ("朝阳", "Chaoyang", "9.7"), ("哈尔宾市", "Harbinn", "74.5"),
)  # fmt: skip


def sample_table(t: Language) -> bytes:
    """Write the sample as CSV in the language of the page, with a byte order mark for Excel."""
    heads = ",".join([t._("City"), t._("Exports (invented)")])
    rows = (
        f'"{chinese if t.code == "zh" else english}",{figure}'
        for chinese, english, figure in _CITIES
    )
    return "\r\n".join([heads, *rows, ""]).encode("utf-8-sig")
