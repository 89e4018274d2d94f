"""Weights as files, read back with libpysal."""

import io
from contextlib import closing

import libpysal
import pandas as pd
import pytest
from copies import ATLAS

from pilotzones import weights
from pilotzones.tables.weights_files import WEIGHTS_FORMATS, write_weights

ISLANDS = pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")


def read(path):
    with closing(libpysal.io.open(str(path))) as file:
        return file.read()


@ISLANDS
def test_libpysal_reads_gal(tmp_path):
    queen = weights(ATLAS)
    path = tmp_path / "queen.gal"
    path.write_bytes(write_weights(queen, "gal"))
    back = read(path)
    assert back.id_order == list(queen.adcodes)
    pairs = queen.table().groupby("adcode")["neighbour_adcode"].agg(list).to_dict()
    assert {code: others for code, others in back.neighbors.items() if others} == pairs
    assert back.islands == queen.islands


@ISLANDS
@pytest.mark.filterwarnings("ignore:DBF relating to GWT")
def test_libpysal_reads_gwt(tmp_path):
    nearest = weights(ATLAS, kind="inverse", cutoff_km=400, standardise=True)
    path = tmp_path / "inverse.gwt"
    path.write_bytes(write_weights(nearest, "gwt"))
    back = read(path)
    table = nearest.table().groupby("adcode")
    for code, rows in table:
        assert back[code] == pytest.approx(
            dict(zip(rows["neighbour_adcode"], rows["weight"], strict=True))
        )


def test_csv_has_a_row_a_pair():
    queen = weights(ATLAS, "province")
    back = pd.read_csv(io.BytesIO(write_weights(queen, "csv")), dtype={0: str, 1: str})
    assert list(back) == ["adcode", "neighbour_adcode", "weight"]
    assert back.to_numpy().tolist() == queen.table().to_numpy().tolist()


@pytest.mark.parametrize("name", WEIGHTS_FORMATS)
def test_bytes_repeat(name):
    first, again = (write_weights(weights(ATLAS, "city"), name) for _ in range(2))
    assert first == again


def test_another_format_is_refused():
    with pytest.raises(ValueError, match=r"written as shp; choose gal, gwt, csv"):
        write_weights(weights(ATLAS, "province"), "shp")
