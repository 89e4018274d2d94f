"""Datasets that the tests of files share."""

from datetime import date

from pilotzones.i18n import Language
from pilotzones.query.lookup import lookup, match_table
from pilotzones.query.panel import PanelOptions, treatment_panel
from pilotzones.tables.dataset import lookup_dataset, match_dataset, panel_dataset
from pilotzones.tables.upload import read_table

DAY = date(2022, 12, 31)
CITIES = (
    '城市,in,code,出口 额（亿元）,"=1+1",status,balance,empty\n'
    "佛山市,a,440600,1.50,@SUM(A1),x,-5,\n"
    "长治市,,007,2.25,＝1,y,+3.1%,\n"
    "吉林,b,1,,-2+3,z,-,\n"
)


def the_lookup(atlas, lang="en"):
    names = ["佛山市", "Changzhi", "吉林", "塔城地区", "金华市"]
    return lookup_dataset(atlas, lookup(atlas, names, DAY), Language(lang), on=DAY)


def the_match(atlas, lang="en", content=CITIES):
    table = read_table(content.encode("gb18030"))
    matched = match_table(atlas, table, table.columns[0], on=DAY)
    return match_dataset(atlas, matched, Language(lang), own=len(table.columns), on=DAY)


def the_panel(atlas, lang="en", **options):
    panel = treatment_panel(atlas, PanelOptions(2018, 2023, **options))
    return panel_dataset(atlas, panel, Language(lang))


DATASETS = {"lookup": the_lookup, "match": the_match, "panel": the_panel}
