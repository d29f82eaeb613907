/** Tags that a phone reads when it is held to them (Web NFC: Chromium on Android). Where there is none, nothing of it is shown. */

interface TagReader {
	onreading: ((event: { readonly message: TagMessage }) => void) | null;
	scan(options: { readonly signal: AbortSignal }): Promise<void>;
	write(
		message: {
			readonly records: readonly { readonly recordType: 'text'; readonly data: string }[];
		},
		options: { readonly signal: AbortSignal }
	): Promise<void>;
}
interface TagMessage {
	readonly records: readonly {
		readonly recordType: string;
		readonly encoding?: string;
		readonly data?: DataView;
	}[];
}

/** Null on phones without NFC in the browser. */
function tagReader(): TagReader | null {
	// TypeScript's library does not know it yet.
	const { NDEFReader } = globalThis as { NDEFReader?: new () => TagReader };
	return NDEFReader ? new NDEFReader() : null;
}

export function hasNfc(): boolean {
	return 'NDEFReader' in globalThis;
}

/** Calls back with each text that a tag holds, until the signal. Rejects when NFC is switched off or not allowed. */
export async function readTags(onText: (text: string) => void, signal: AbortSignal): Promise<void> {
	const reader = tagReader();
	if (!reader) return;
	reader.onreading = ({ message }) => {
		for (const { recordType, encoding, data } of message.records)
			if (recordType === 'text' && data) onText(new TextDecoder(encoding).decode(data));
	};
	await reader.scan({ signal });
}

/** Writes one text to the next tag that is held to the phone; rejects when that fails or NFC is not allowed. */
export async function writeTag(text: string, signal: AbortSignal): Promise<void> {
	await tagReader()?.write({ records: [{ recordType: 'text', data: text }] }, { signal });
}
