/** What the import command says, in the language of LANG; the words for problems in a list are the app's own. */

export interface CommandWords {
	readonly usage: string;
	readonly noFile: (file: string) => string;
	readonly read: (file: string, encoding: string, rows: number) => string;
	readonly counts: (good: number, warned: number, bad: number) => string;
	readonly report: (file: string) => string;
	readonly dryRun: string;
	readonly blocked: string;
	readonly knownBlocked: (count: number) => string;
	readonly refused: (count: number) => string;
	readonly askEmail: string;
	readonly askPassword: string;
	readonly noTerminal: string;
	readonly noServer: (url: string) => string;
	readonly wrongPassword: string;
	readonly throttled: (seconds: number) => string;
	readonly signedIn: (name: string, org: string) => string;
	readonly noOrg: string;
	readonly whichOrg: (names: string) => string;
}

const ZH: CommandWords = {
	usage: `用法：npm run import -- 名單.csv [選項]
  --url 網址      程式的網址（預設 http://localhost:3000）
  --org 名稱      匯入到哪個單位（只屬於一個單位時不用寫）
  --email 信箱    督導或個管員的帳號；不寫會問
  --dry-run       只檢查，不登入也不匯入
  --leave-out     有問題的列、已經在系統裡的人不匯入，只匯入其他人
密碼從環境變數 CONNECT10_PASSWORD 讀，沒有就會問。語言看 LANG。`,
	noFile: (file) => `讀不到檔案 ${file}。`,
	read: (file, encoding, rows) => `${file}：${encoding}，${rows} 列`,
	counts: (good, warned, bad) =>
		`可以匯入 ${good} 列（其中 ${warned} 列請看一下），有問題 ${bad} 列`,
	report: (file) => `報告：${file}`,
	dryRun: `只檢查，沒有匯入。`,
	blocked: `有問題的列還沒改好，所以什麼都沒有匯入。請改好檔案，或加 --leave-out 不匯入那幾列。`,
	knownBlocked: (count) =>
		`有 ${count} 人已經在系統裡，所以什麼都沒有匯入。加 --leave-out 可以只匯入其他人。`,
	refused: (count) => `有 ${count} 列系統無法存，所以什麼都沒有匯入。請改好檔案再匯入。`,
	askEmail: `帳號（信箱）：`,
	askPassword: `密碼：`,
	noTerminal: `這裡不能問問題。請用 --email 寫帳號，密碼放在環境變數 CONNECT10_PASSWORD。`,
	noServer: (url) =>
		`${url} 沒有回答，或那裡不是這個程式。請先啟動（npm start），或用 --url 寫網址。`,
	wrongPassword: `帳號或密碼不對。`,
	throttled: (seconds) => `試太多次了，請等 ${seconds} 秒再試。`,
	signedIn: (name, org) => `已登入：${name}，單位：${org}`,
	noOrg: `這個帳號在這裡不是督導也不是個管員，不能匯入。`,
	whichOrg: (names) => `請用 --org 選單位：${names}`
};

const EN: CommandWords = {
	usage: `Usage: npm run import -- list.csv [options]
  --url ADDRESS   where the app runs (default http://localhost:3000)
  --org NAME      into which organisation (needed only with several)
  --email EMAIL   account of a supervisor or care manager; asked for when left out
  --dry-run       only check: no sign-in, no import
  --leave-out     leave out rows with problems and people who are there already
The password comes from the environment variable CONNECT10_PASSWORD, or is asked for. The language follows LANG.`,
	noFile: (file) => `Cannot read the file ${file}.`,
	read: (file, encoding, rows) => `${file}: ${encoding}, ${rows} rows`,
	counts: (good, warned, bad) =>
		`Ready: ${good} rows (to look at: ${warned}), with problems: ${bad}`,
	report: (file) => `Report: ${file}`,
	dryRun: `Checked only; nothing was imported.`,
	blocked: `Some rows have problems, so nothing was imported. Correct the file, or add --leave-out to leave those rows out.`,
	knownBlocked: (count) =>
		`${count} people are there already, so nothing was imported. Add --leave-out to import only the others.`,
	refused: (count) =>
		`${count} rows cannot be stored, so nothing was imported. Correct the file and import again.`,
	askEmail: `Account (e-mail): `,
	askPassword: `Password: `,
	noTerminal: `There is nobody to ask here. Give the account with --email and the password in the environment variable CONNECT10_PASSWORD.`,
	noServer: (url) =>
		`${url} does not answer, or is not this app. Start it first (npm start), or give its address with --url.`,
	wrongPassword: `The account or the password is wrong.`,
	throttled: (seconds) => `Too many attempts; wait ${seconds} seconds.`,
	signedIn: (name, org) => `Signed in: ${name}, organisation: ${org}`,
	noOrg: `This account is neither supervisor nor care manager here and may not import.`,
	whichOrg: (names) => `Choose the organisation with --org: ${names}`
};

export function commandWords(locale: 'zh-TW' | 'en'): CommandWords {
	return locale === 'en' ? EN : ZH;
}
