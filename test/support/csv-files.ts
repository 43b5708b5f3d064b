import type { Wish } from './bulk.ts';

/** A CSV file and what an import of it must leave behind. */
export interface CsvCase {
  name: string;
  csv: string;
  encoding?: BufferEncoding;
  wish?: Wish;
  before?: { properties?: Record<string, string>; contacts?: Record<string, unknown>[] };
  /** Completed unless said otherwise. */
  status?: string;
  /** Count, Current, Errcount. */
  counts: [number, number, number];
  /** The whole error file; '' for none. */
  errors: string;
  /** Members of the list afterwards (`!` before one who is unsubscribed), each with its properties. */
  contacts: Record<string, Record<string, string>>;
}

const foo = 'foo@example.org';
const bar = 'bar@example.com';
const sam = 'sam@ple.co.uk';

const syntax: CsvCase[] = [
  {
    name: "documented: the guide's file with the short line",
    csv: '"email","age"\n"foo@example.org",42\n"bar@example.com"\n"sam@ple.co.uk",37\n',
    counts: [3, 3, 1],
    errors: 'email,age,error\n"bar@example.com", ###Too few columns at line\n',
    contacts: { [foo]: { age: '42' }, [sam]: { age: '37' } },
  },
  {
    name: "documented: the guide's file makes a property of the unknown column",
    csv: '"email","age"\n"foo@example.org",42\n"bar@example.com",13\n"sam@ple.co.uk",37\n',
    counts: [3, 3, 0],
    errors: '',
    contacts: { [foo]: { age: '42' }, [bar]: { age: '13' }, [sam]: { age: '37' } },
  },
  {
    name: 'RFC 4180: quoted fields hold separators and doubled quotes',
    csv: 'email,motto\nfoo@example.org,"live, and ""let"" live"\n"bar@example.com","plain"\n',
    counts: [2, 2, 0],
    errors: '',
    contacts: { [foo]: { motto: 'live, and "let" live' }, [bar]: { motto: 'plain' } },
  },
  {
    name: 'lines may end in CRLF, which the error file leaves out',
    csv: 'email,age\r\nfoo@example.org,42\r\nbar@example.com\r\n',
    counts: [2, 2, 1],
    errors: 'email,age,error\nbar@example.com, ###Too few columns at line\n',
    contacts: { [foo]: { age: '42' } },
  },
  {
    name: 'a UTF-8 byte order mark is skipped',
    csv: '\ufeffemail,town\nfoo@example.org,Köln\nbar@example.com\n',
    counts: [2, 2, 1],
    errors: 'email,town,error\nbar@example.com, ###Too few columns at line\n',
    contacts: { [foo]: { town: 'Köln' } },
  },
  {
    name: 'the last line may lack its newline',
    csv: 'email,age\nfoo@example.org,42\nbar@example.com,13',
    counts: [2, 2, 0],
    errors: '',
    contacts: { [foo]: { age: '42' }, [bar]: { age: '13' } },
  },
  {
    name: 'a short last line without a newline gets one in the error file',
    csv: 'email,age\nfoo@example.org,42\nbar@example.com',
    counts: [2, 2, 1],
    errors: 'email,age,error\nbar@example.com, ###Too few columns at line\n',
    contacts: { [foo]: { age: '42' } },
  },
  {
    name: 'blank lines are skipped without counting',
    csv: '\nemail,age\n\nfoo@example.org,42\n\r\n\nbar@example.com,13\n\n\n',
    counts: [2, 2, 0],
    errors: '',
    contacts: { [foo]: { age: '42' }, [bar]: { age: '13' } },
  },
  {
    name: 'what is not UTF-8 is read as Latin-1, and its error file is Latin-1',
    csv: 'email,prénom\nfoo@example.org,Zoé\nbar@example.com,Chloé,Lyon\n',
    encoding: 'latin1',
    counts: [2, 2, 1],
    errors: 'email,prénom,error\nbar@example.com,Chloé,Lyon, ###Too many columns at line\n',
    contacts: { [foo]: { prénom: 'Zoé' } },
  },
  {
    name: 'a header without a comma may be separated by semicolons',
    csv: 'email;age\nfoo@example.org;42\nbar@example.com\n',
    counts: [2, 2, 1],
    errors: 'email;age,error\nbar@example.com, ###Too few columns at line\n',
    contacts: { [foo]: { age: '42' } },
  },
  {
    name: 'or by tabs',
    csv: 'email\tage\nfoo@example.org\t42\nbar@example.com\t13\n',
    counts: [2, 2, 0],
    errors: '',
    contacts: { [foo]: { age: '42' }, [bar]: { age: '13' } },
  },
  {
    name: 'too many columns are an error of the line',
    csv: 'email,age\nfoo@example.org,42,Berlin\nbar@example.com,13\n',
    counts: [2, 2, 1],
    errors: 'email,age,error\nfoo@example.org,42,Berlin, ###Too many columns at line\n',
    contacts: { [bar]: { age: '13' } },
  },
  {
    name: 'a production client escapes quotes by a backslash',
    csv: '"email","motto"\n"foo@example.org","so \\"called\\""\n"bar@example.com","plain"\n',
    counts: [2, 2, 0],
    errors: '',
    contacts: { [foo]: { motto: 'so "called"' }, [bar]: { motto: 'plain' } },
  },
  {
    name: 'an unclosed quote is one error, and reading goes on at the next line',
    csv: 'email,motto\nfoo@example.org,"never closed\nbar@example.com,fine\n',
    counts: [2, 2, 1],
    errors: 'email,motto,error\nfoo@example.org,"never closed, ###Unclosed quote\n',
    contacts: { [bar]: { motto: 'fine' } },
  },
  {
    name: 'a record may have several lines, and is copied whole',
    csv: 'email,address\nfoo@example.org,"1 High St\nOxford"\nbar,"2 Low St\r\nBath"\n',
    counts: [2, 2, 1],
    errors: 'email,address,error\nbar,"2 Low St\r\nBath", ###Invalid email###email\n',
    contacts: { [foo]: { address: '1 High St\nOxford' } },
  },
  {
    name: 'an empty upload has no email column',
    csv: '',
    status: 'Error',
    counts: [0, 0, 0],
    errors: ',error\n, ###Email column not found\n',
    contacts: {},
  },
  {
    name: 'help centre: a file without an email column fails',
    csv: 'mail,age\nfoo@example.org,42\n',
    status: 'Error',
    counts: [0, 0, 0],
    errors: 'mail,age,error\n, ###Email column not found\n',
    contacts: {},
  },
  {
    name: 'a binary upload fails for want of an email column',
    csv: '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff\xfe"\x80',
    encoding: 'latin1',
    status: 'Error',
    counts: [0, 0, 0],
    errors: '\x89PNG,error\n, ###Email column not found\n',
    contacts: {},
  },
];

const contents: CsvCase[] = [
  {
    name: 'a bad address is an error of its line',
    csv: 'email,age\nfoo,42\n,1\nann lee@example.com,2\nbar@example.com,13\n',
    counts: [4, 4, 3],
    errors:
      'email,age,error\nfoo,42, ###Invalid email###email\n,1, ###Invalid email###email\nann lee@example.com,2, ###Invalid email###email\n',
    contacts: { [bar]: { age: '13' } },
  },
  {
    name: 'reported: of two lines with an address, in any case, the later is the duplicate',
    csv: 'email,importcsv\nfoo@example.org,test1\nFOO@Example.org,test2\nbar@example.com,test3\n"bar@example.com",test4\n',
    counts: [4, 4, 2],
    errors:
      'email,importcsv,error\nFOO@Example.org,test2, ###Duplicated email###email\n"bar@example.com",test4, ###Duplicated email###email\n',
    contacts: { [foo]: { importcsv: 'test1' }, [bar]: { importcsv: 'test3' } },
  },
  {
    name: 'a line that was rejected makes no duplicate of the next',
    csv: 'email,age\nfoo@example.org\nfoo@example.org,42\n',
    counts: [2, 2, 1],
    errors: 'email,age,error\nfoo@example.org, ###Too few columns at line\n',
    contacts: { [foo]: { age: '42' } },
  },
  {
    name: 'the email column may stand anywhere, in any case',
    csv: 'age, EMail \n42,foo@example.org\n',
    counts: [1, 1, 0],
    errors: '',
    contacts: { [foo]: { age: '42' } },
  },
  {
    name: 'documented wording: values that do not fit their datatype',
    before: {
      properties: { age: 'int', score: 'float', vip: 'bool', born: 'datetime', town: 'str' },
    },
    csv: [
      'email,age,score,vip,born,town',
      'foo@example.org,42,1.5,true,2021-02-11T23:03:03+02:00,Bath',
      'a@example.com,4x,1.5,true,2021-02-11T23:03:03Z,Bath',
      'b@example.com,42,1.5.1,true,2021-02-11T23:03:03Z,Bath',
      'c@example.com,42,1.5,maybe,2021-02-11T23:03:03Z,Bath',
      'd@example.com,42,1.5,true,yesterday,Bath',
      '',
    ].join('\n'),
    counts: [5, 5, 4],
    errors: [
      'email,age,score,vip,born,town,error',
      'a@example.com,4x,1.5,true,2021-02-11T23:03:03Z,Bath, ###Could not convert value###age',
      'b@example.com,42,1.5.1,true,2021-02-11T23:03:03Z,Bath, ###Could not convert value###score',
      'c@example.com,42,1.5,maybe,2021-02-11T23:03:03Z,Bath, ###Could not convert value###vip',
      'd@example.com,42,1.5,true,yesterday,Bath, ###Could not convert value###born',
      '',
    ].join('\n'),
    contacts: {
      [foo]: { age: '42', score: '1.5', vip: 'true', born: '2021-02-11T21:03:03Z', town: 'Bath' },
    },
  },
  {
    name: 'documented: name is a property, never the name of the contact',
    csv: 'email,name\nfoo@example.org,Foo\n',
    counts: [1, 1, 0],
    errors: '',
    contacts: { [foo]: { name: 'Foo' } },
  },
  {
    name: 'an empty field leaves the value of a contact that is there',
    before: {
      properties: { age: 'int' },
      contacts: [{ Email: foo, Properties: { age: 42, country: 'fr' } }],
    },
    csv: 'email,age,country\nfoo@example.org,,de\nbar@example.com,,\n',
    counts: [2, 2, 0],
    errors: '',
    contacts: { [foo]: { age: '42', country: 'de' }, [bar]: {} },
  },
  {
    name: 'help centre: the address counts among the 200 properties of an account',
    csv: `email,${Array.from({ length: 196 }, (_, n) => `p${n}`).join(',')}\n`,
    status: 'Error',
    counts: [0, 0, 0],
    errors: `email,${Array.from({ length: 196 }, (_, n) => `p${n}`).join(',')},error\n, ###Number of contact properties exceeds the limit of 200\n`,
    contacts: {},
  },
  {
    name: 'so that 195 more than the four of a fresh account fit',
    csv: `email,${Array.from({ length: 195 }, (_, n) => `p${n}`).join(',')}\n`,
    counts: [0, 0, 0],
    errors: '',
    contacts: {},
  },
];

const options: CsvCase[] = [
  {
    name: "documented: the guide's file of birthdays has no header",
    before: { properties: { birthday: 'datetime' } },
    wish: {
      options:
        '{"DateTimeFormat": "yyyy/mm/dd","TimezoneOffset": 2,"FieldNames": ["email","birthday"]}',
    },
    csv: '"foo@example.org",2018/10/12\n"bar@example.com",2016/10/12\n"sam@ple.co.uk",2017-10-12\n',
    counts: [3, 3, 1],
    errors:
      'email,birthday,error\n"sam@ple.co.uk",2017-10-12, ###Could not convert value###birthday\n',
    contacts: {
      [foo]: { birthday: '2018-10-11T22:00:00Z' },
      [bar]: { birthday: '2016-10-11T22:00:00Z' },
    },
  },
  {
    name: 'with FieldNames a line of names is data like any other',
    wish: { options: { FieldNames: ['email', 'age'] } },
    csv: 'email,age\nfoo@example.org,42\n',
    counts: [2, 2, 1],
    errors: 'email,age,error\nemail,age, ###Invalid email###email\n',
    contacts: { [foo]: { age: '42' } },
  },
  {
    name: 'FieldNames and an empty upload are an import of nothing',
    wish: { options: { FieldNames: ['email'] } },
    csv: '',
    counts: [0, 0, 0],
    errors: '',
    contacts: {},
  },
  ...(
    [
      ['not json', 'ImportOptions is not valid JSON'],
      ['{"DateTimeFormat":"noon"}', 'DateTimeFormat "noon" is not a known format'],
      ['{"TimezoneOffset":13}', 'TimezoneOffset must be an integer from -12 to 12'],
      ['{"FieldNames":"email"}', 'FieldNames must be an array of strings'],
    ] as const
  ).map(
    ([text, problem]): CsvCase => ({
      name: `ImportOptions ${text} fail the job`,
      wish: { options: text },
      csv: 'email\nfoo@example.org\n',
      status: 'Error',
      counts: [0, 0, 0],
      errors: `email,error\n, ###${problem}\n`,
      contacts: {},
    }),
  ),
  {
    name: 'FieldNames without an address fail the job',
    wish: { options: { FieldNames: ['age', 'country'] } },
    csv: '42,fr\n',
    status: 'Error',
    counts: [0, 0, 0],
    errors: 'age,country,error\n, ###Email column not found\n',
    contacts: {},
  },
  ...(
    [
      ['yyyy-mm-dd hh:nn:ss', 0, '2021-02-11 23:03:04', '2021-02-11T23:03:04Z'],
      ['yyyy-mm-dd hh:nn', 0, '2021-02-11 23:03', '2021-02-11T23:03:00Z'],
      ['dd.mm.yyyy', 0, '11.02.2021', '2021-02-11T00:00:00Z'],
      ['mm/dd/yy', 0, '02/11/21', '2021-02-11T00:00:00Z'],
      ['dd-mm-yyyy', -12, '11-02-2021', '2021-02-11T12:00:00Z'],
      ['yyyy/mm/dd hh:nn:ss', 12, '2021/02/11 00:00:00', '2021-02-10T12:00:00Z'],
      ['yyyy-mm-ddThh:nn:ss+01:00', 0, '2021-02-11T23:03:04+01:00', '2021-02-11T22:03:04Z'],
      ['yyyy-mm-ddThh:nn:ss+01:00', 5, '2021-02-11T23:03:04Z', '2021-02-11T23:03:04Z'],
    ] as const
  ).map(
    ([DateTimeFormat, TimezoneOffset, text, stored]): CsvCase => ({
      name: `documented: ${DateTimeFormat} at ${TimezoneOffset} reads ${text}`,
      before: { properties: { seen: 'datetime' } },
      wish: { options: { DateTimeFormat, TimezoneOffset } },
      csv: `email,seen\nfoo@example.org,${text}\n`,
      counts: [1, 1, 0],
      errors: '',
      contacts: { [foo]: { seen: stored } },
    }),
  ),
];

/** Every file of the test. */
export const files: CsvCase[] = [...syntax, ...contents, ...options];
