"""What stands beside the tables in an export, for whoever finds the .zip without the program, in both languages."""

README_TEXT = """\
# 工会年历 Unionboard：全部数据

这个压缩包是一个工会的全部数据，按公开标准 Data Package 2.0（https://datapackage.org）存放，不用本程序也能读。

- `sheets/`　每张表一个 CSV，用 Excel 或 WPS 直接打开看。以 = + - @ 开头的文字前面加了一个单引号，免得被当成公式。
- `tables/`　每张表一个 JSON Lines 文件（UTF-8，一行一条记录），内容准确无缺；导回程序时只读这里。
- `evidence/`　凭证、照片等文件；`forms/`　自己的模板。文件名与表中 `stored_name` 一栏相同。
- `datapackage.json`　目录：每张表的栏目、类型、主键和关联，每个文件的大小和 SHA-256。

约定：金额单位是分（整数）；日期 2026-03-08；时刻一律是世界时（UTC），如 2026-03-08T01:30:00Z；null 表示没有值，空文字是 ""。
`change` 是修改记录，每一行的 `sha256` 接着上一行，改动一处就对不上。

以 `sealed:` 开头的文字和部分文件是用钥匙加密的（被慰问者姓名等），没有钥匙读不出来；钥匙不在这个压缩包里。
若导出时选了“含姓名”，这些内容在这里是明文，请像保管花名册一样保管，用完删除；群机器人、邮箱和日历的地址仍然加密。
`account` 里有密码的散列值（不是密码），为的是导回后大家仍用原密码登录；请不要把压缩包交给无关的人。

导回：在一个没有数据的 Unionboard 里，欢迎页或“设置 → 数据安全”选“导入全部数据”；或用命令 `python -m unionboard import-all everything.zip`。

# Unionboard: everything

This archive holds all data of a union as a Data Package 2.0 (https://datapackage.org). It can be read without the program.

- `sheets/`: one CSV a table, to open in Excel or WPS. Texts that begin with = + - @ have an apostrophe before them, so that none is taken
  for a formula.
- `tables/`: one JSON Lines file a table (UTF-8, one record a line), exact and complete. Only these are read when it is brought in again.
- `evidence/`: papers and photos; `forms/`: the union's own templates. They are called as the column `stored_name` says.
- `datapackage.json`: the index: columns, types, keys and references of every table, size and SHA-256 of every file.

Amounts are whole fen (1/100 yuan). Days are 2026-03-08; moments are UTC, as 2026-03-08T01:30:00Z. null is no value, "" an empty text.
`change` is the change log: the `sha256` of each line continues that of the line before it, so nothing in it can be altered unseen.

Texts that begin with `sealed:` and some files are encrypted (names of those visited and the like); the key is not in this archive.
If it was made "with names", they lie open here: keep it like a list of the sick, and delete it when it has served. Addresses of groups,
mailboxes and calendars stay encrypted even so.
`account` holds hashes of passwords (no passwords), so that everybody can sign in as before. Give the archive to nobody else.

To bring it in: in a Unionboard without data, "Bring everything in" on the welcome page or under Settings, Data safety; or
`python -m unionboard import-all everything.zip`.
"""
