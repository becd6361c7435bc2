// Reads the files of figures as the program of somebody else would, with no package and no
// option but what the data package says of them, and says of each what it found: of a table
// its rows, its columns and whether each column has one type; of a workbook how many rows of
// the table beside it stand there too, and which cells differ.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const read = name => readFileSync(`${process.argv[2]}/${name}`);
const textOf = name => read(name).toString('utf8').replace(/^\ufeff/, '');

// The rows of a CSV, each an object by the names of the columns.
const tableOf = (text, comma) => {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${comma}\\r\\n]*))(${comma}|\\r?\\n)`, 'gy'), rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== comma) rows.push([]);
  }
  const [names, ...lines] = rows.slice(0, -1);
  return lines.map(line => Object.fromEntries(line.map((cell, i) => [names[i], cell])));
};

// What a cell says by the type of its field; undefined where it says something else.
const valueOf = (cell, { type, decimalChar = '.' }) => {
  if (type === 'boolean') return cell === 'true' ? true : undefined;
  if (type === 'date') return /^\d{4}-\d\d-\d\d$/.test(cell) && !isNaN(new Date(cell)) ? cell : undefined;
  if (type === 'string') return cell;
  const number = Number(cell.replace(decimalChar, '.'));
  return /^-?\d+([.,]\d+)?$/.test(cell) && (type === 'number' || Number.isInteger(number)) ? number : undefined;
};

// The parts of a ZIP, by name, from the directory at its end.
const partsOf = zip => {
  const parts = new Map(), end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const name = zip.readUInt16LE(at + 28), local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
    parts.set(zip.toString('utf8', at + 46, at + 46 + name), (zip.readUInt16LE(at + 10) ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + name + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
};

const signs = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = xml => xml.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (_, hex, decimal, name) =>
  name ? signs[name] : String.fromCodePoint(hex ? parseInt(hex, 16) : +decimal));

// The rows of a sheet, each a list of cells.
const sheetOf = xml => [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
  const cells = [];
  for (const [, letters, inside] of row.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(.*?)<\/c>/gs)) {
    const column = [...letters].reduce((n, letter) => 26 * n + letter.charCodeAt(0) - 64, 0) - 1;
    cells[column] = plain([...inside.matchAll(/<(t|v)(?: [^>]*)?>([^<]*)<\/\1>/g)].map(([, , value]) => value).join(''));
  }
  return cells;
});

// What differs between a workbook and the table beside it. A cell of a workbook may be a mark
// that stands for a note, and has a word where the table has none.
const compared = (book, fields, lines) => {
  const sheets = [...partsOf(book)].filter(([name]) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).map(([, xml]) => sheetOf(xml));
  const notes = new Map(sheets.flat().filter(row => /^\[.*\]$/.test(row[0])).map(([mark, note]) => [mark, note]));
  const key = fields[0].name, left = new Map(lines.map(line => [line[key], line])), said = [];
  const same = (got = '', want, field) => {
    if (want === '') return isNaN(got) || got === '';
    if (field.type === 'date') return new Date(Date.UTC(1899, 11, 30) + got * 864e5).toISOString().slice(0, 10) === want;
    if (field.type !== 'string') return Math.abs(got - valueOf(want, field)) <= Math.abs(got) * 1e-14;
    return (notes.get(got) ?? got).replace(/['\r]/g, '') === want.replace(/['\r]/g, '');
  };
  let rows = 0;
  for (const sheet of sheets) {
    const head = sheet.findIndex(row => row[0] === key), names = sheet[head];
    for (const row of head < 0 ? [] : sheet.slice(head + 1)) {
      const line = left.get(row[0]);
      rows++;
      if (!line || !left.delete(row[0])) said.push(`${row[0]} stands in no table`);
      else for (const field of fields) {
        const at = names.indexOf(field.name), got = at < 0 ? '' : row[at];
        if (!same(got, line[field.name], field)) said.push(`${row[0]}, ${field.name}: ${got}, not ${line[field.name]}`);
      }
    }
  }
  return [rows, left.size === 0, ...said];
};

const { resources } = JSON.parse(textOf('datapackage.json')), tables = {};
for (const { path, type, dialect, schema } of resources) {
  if (type !== 'table') continue;
  const lines = tableOf(textOf(path), dialect.delimiter), { fields } = schema;
  const one = lines.every(line => Object.keys(line).length === fields.length &&
    fields.every(field => line[field.name] === '' || valueOf(line[field.name], field) !== undefined));
  tables[path] = { fields, lines };
  console.log(path, lines.length, fields.length, one);
}
for (const { path } of resources) {
  if (path.endsWith('.json')) console.log(path, JSON.parse(textOf(path)).figures.length);
  const beside = tables[path.replace('.xlsx', '.csv')];
  if (path.endsWith('.xlsx')) console.log(path, ...compared(read(path), beside.fields, beside.lines));
}
