"""What tables of sites call their columns, in English and in other languages."""

from __future__ import annotations

from collections import Counter

import pytest

from hrcpub.files.table import Columns
from hrcpub.files.tablefile import parse
from hrcpub.project.site_columns import ALSO

HEADS = (
    "nombre,dirección,horario,teléfono,sitio web",
    "nombre,direccion,horario,telefono,sitio web",
    "Nom,Adresse,Horaires,Téléphone,Site web",
    "Non,Adrès,Orè,Telefòn,Sit entènèt",
    "Standort,Anschrift,Öffnungszeiten,Telefon,Webseite",
    "Tên,Địa chỉ,Giờ mở cửa,Điện thoại,Trang web",
    "Название,Адрес,Часы работы,Телефон,Сайт",
    "名称,地址,营业时间,电话,网站",
    "الاسم,العنوان,ساعات العمل,الهاتف,الموقع",
)


@pytest.mark.parametrize("head", HEADS)
def test_a_table_may_have_its_columns_in_another_language(head: str) -> None:
    text = f"{head}\nA,B,C,D,E\n"
    columns = ("name", "address", "hours", "tel", "url")
    table = parse(text.encode(), "sites.csv", Columns(columns, ALSO))
    (row,) = table.rows
    assert {key: cell.text for key, cell in row.cells.items()} == dict(
        zip(columns, "ABCDE", strict=True)
    )


def test_no_name_is_that_of_two_columns() -> None:
    ranks = Columns(tuple(ALSO), ALSO).ranks()
    assert len(ranks) > 200
    names = Counter(name for others in ALSO.values() for name in others)
    assert [name for name, count in names.items() if count > 1] == []
