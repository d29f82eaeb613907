/** The medication list, tubes and devices in words. */
import type {
	CaseDeviceRow,
	CaseMedicationRow,
	MedicationHelp,
	MedicationRoute,
	MedicationTime
} from '#lib/domain/care-list-rows.ts';
import { daysUntilChange, type ListNews } from '#lib/domain/care-lists.ts';
import { deviceKind } from '#lib/domain/device-kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import { dayWords, midSentence } from './dates.ts';
import { joinWords, listWords } from './join-words.ts';
import { localName } from './state-names.ts';

const MEDICATION_TIMES: Readonly<Record<MedicationTime, () => string>> = {
	morning: m.lists_time_morning,
	noon: m.lists_time_noon,
	evening: m.lists_time_evening,
	bedtime: m.lists_time_bedtime,
	as_needed: m.lists_time_as_needed
};
const MEDICATION_ROUTES: Readonly<Record<MedicationRoute, () => string>> = {
	oral: m.lists_route_oral,
	tube: m.lists_route_tube,
	skin: m.lists_route_skin,
	eye_ear: m.lists_route_eye_ear,
	inhaled: m.lists_route_inhaled,
	injection: m.lists_route_injection,
	other: m.lists_route_other
};
const MEDICATION_HELP: Readonly<Record<MedicationHelp, () => string>> = {
	self: m.lists_help_self,
	reminded: m.lists_help_reminded,
	pill_box: m.lists_help_pill_box,
	family: m.lists_help_family,
	nurse: m.lists_help_nurse
};
const NEWS: Readonly<Record<ListNews, () => string>> = {
	added: m.lists_news_added,
	changed: m.lists_news_changed,
	ended: m.lists_news_ended
};

/** A code that this release does not know is shown as it is. */
function word(words: Readonly<Record<string, () => string>>, code: string): string {
	return words[code]?.() ?? code;
}

export const medicationTimeName = (time: string): string => word(MEDICATION_TIMES, time);
export const medicationRouteName = (route: string): string => word(MEDICATION_ROUTES, route);
export const medicationHelpName = (help: string): string => word(MEDICATION_HELP, help);
export const newsWords = (news: ListNews): string => NEWS[news]();

/** `脈優 5 mg`. */
export function medicationName(row: Pick<CaseMedicationRow, 'name' | 'strength'>): string {
	return row.strength ? `${row.name} ${row.strength}` : row.name;
}

/** `早上、睡前・每次 1 顆・口服・飯後`. */
export function medicationUse(row: CaseMedicationRow): string {
	return joinWords([
		listWords(row.times.map(medicationTimeName)),
		row.dose,
		row.route && medicationRouteName(row.route),
		row.directions
	]);
}

/** From which bag it was copied, of which day, by whom: nobody here prescribes. */
export function medicationSource(
	row: Pick<CaseMedicationRow, 'prescriber' | 'bag_on' | 'author_name'>,
	today: string
): string {
	const date = row.bag_on && midSentence(dayWords(row.bag_on, today));
	const author = row.author_name;
	if (row.prescriber && date) return m.lists_source({ from: row.prescriber, date, author });
	if (row.prescriber) return m.lists_source_undated({ from: row.prescriber, author });
	if (date) return m.lists_source_dated({ date, author });
	return m.lists_source_unknown({ author });
}

export function deviceKindName(code: string): string {
	const kind = deviceKind(code);
	return kind ? localName(kind) : code;
}

/** `鼻胃管 16 Fr`. */
export function deviceName(row: Pick<CaseDeviceRow, 'kind' | 'size'>): string {
	const name = deviceKindName(row.kind);
	return row.size ? `${name} ${row.size}` : name;
}

export interface ChangeDue {
	readonly text: string;
	readonly isOverdue: boolean;
}

/** `11月30日 週一更換（還有 8 天）`, `已過更換日 3 天`; null when no day was said. */
export function changeDueWords(
	row: Pick<CaseDeviceRow, 'change_due_on'>,
	today: string
): ChangeDue | null {
	const days = daysUntilChange(row, today);
	if (days === null || row.change_due_on === null) return null;
	if (days < 0) return { text: m.lists_due_overdue({ count: -days }), isOverdue: true };
	if (days === 0) return { text: m.lists_due_today(), isOverdue: false };
	const date = midSentence(dayWords(row.change_due_on, today));
	return {
		text: days === 1 ? m.lists_due_on({ date }) : m.lists_due_in({ date, count: days }),
		isOverdue: false
	};
}

/** `11月2日 週一放置或更換・竹山秀傳醫院`; what is not changed is in use since that day. */
export function devicePlacedWords(
	row: Pick<CaseDeviceRow, 'placed_on' | 'change_due_on' | 'changed_by'>,
	today: string
): string {
	const date = row.placed_on && midSentence(dayWords(row.placed_on, today));
	const since = row.change_due_on === null ? m.lists_used_since : m.lists_placed;
	return joinWords([date && since({ date }), row.changed_by]);
}
