/** Telephone numbers of Taiwan: one stored form, a readable form, and the link that calls. */

export type PhoneKind = 'mobile' | 'landline' | 'free' | 'short';

export type PhoneCheck =
	| {
			readonly ok: true;
			readonly kind: PhoneKind;
			/** Digits only, national form (0912345678); an extension follows `#`. This is what is stored. */
			readonly number: string;
	  }
	| { readonly ok: false; readonly code: 'empty' | 'not_a_phone' };

/** Longest first: 037 is Miaoli and 03 is not then the area of 037-xxxxxx. */
const AREAS: readonly string[] = [
	'0826',
	'0836',
	'037',
	'049',
	'082',
	'089',
	'02',
	'03',
	'04',
	'05',
	'06',
	'07',
	'08'
];

const EXTENSION = /(?:#|分機|轉|ext\.?|,)\s*(\d{1,6})$/i;

/** Reads what people write: +886, brackets, blanks, hyphens, full-width digits, an extension after #, 轉 or 分機. */
export function checkPhone(text: string): PhoneCheck {
	const plain = text.normalize('NFKC').trim();
	if (plain === '') return { ok: false, code: 'empty' };
	const extension = EXTENSION.exec(plain)?.[1] ?? null;
	const main = extension === null ? plain : plain.replace(EXTENSION, '');
	if (!/^\+?[\d\s()./‐-―-]+$/.test(main)) return { ok: false, code: 'not_a_phone' };
	const digits = nationalDigits(main);
	const kind = kindOf(digits);
	if (kind === null) return { ok: false, code: 'not_a_phone' };
	return { ok: true, kind, number: extension === null ? digits : `${digits}#${extension}` };
}

/** `tel:` link of a stored number, pausing before the extension; null when it is not a telephone number. */
export function telLink(text: string): string | null {
	const phone = checkPhone(text);
	if (!phone.ok) return null;
	return `tel:${phone.number.replace('#', ',')}`;
}

/** 0912-345-678, 02-2345-6789, 049-280-1234 #12, 0800-507-272, 119; the text as it is when it is not a telephone number. */
export function formatPhone(text: string): string {
	const phone = checkPhone(text);
	if (!phone.ok) return text;
	const [digits = '', extension] = phone.number.split('#');
	const grouped = grouping(digits, phone.kind);
	return extension === undefined ? grouped : `${grouped} #${extension}`;
}

function nationalDigits(text: string): string {
	const digits = text.replace(/\D/g, '');
	const abroad = text.trim().startsWith('+') || digits.startsWith('00886');
	if (!abroad) return digits;
	const national = digits.replace(/^(?:00)?886/, '');
	// +886 912… and +886 (0)912… are both written.
	return national.startsWith('0') ? national : `0${national}`;
}

function kindOf(digits: string): PhoneKind | null {
	if (/^09\d{8}$/.test(digits)) return 'mobile';
	if (/^080[09]\d{6}$/.test(digits)) return 'free';
	if (/^1\d{2,3}$/.test(digits)) return 'short';
	const area = areaOf(digits);
	if (area === null) return null;
	const localDigits = digits.length - area.length;
	return localDigits >= 5 && localDigits <= 8 && digits.length >= 9 && digits.length <= 10
		? 'landline'
		: null;
}

function areaOf(digits: string): string | null {
	return AREAS.find((area) => digits.startsWith(area)) ?? null;
}

function grouping(digits: string, kind: PhoneKind): string {
	if (kind === 'short') return digits;
	if (kind === 'mobile' || kind === 'free') {
		return `${digits.slice(0, 4)}-${digits.slice(4, 7)}-${digits.slice(7)}`;
	}
	const area = areaOf(digits) ?? '';
	const local = digits.slice(area.length);
	if (local.length <= 5) return `${area}-${local}`;
	const head = local.length - (local.length === 6 ? 3 : 4);
	return `${area}-${local.slice(0, head)}-${local.slice(head)}`;
}
