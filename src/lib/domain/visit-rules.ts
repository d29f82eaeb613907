/**
 * Rules of the payment system that one visit can break, told while the worker can still correct it. They warn and never block: the
 * office decides what is claimed. `E…` are the system's own error codes; the others come from 附表四 of the payment rules.
 */

import { serviceCodeOn } from './code-tables.ts';
import type { CaseRole } from './rows.ts';
import { instantParts, taipeiDay } from './taiwan-dates.ts';
import { familyWarnings } from './visit-code-families.ts';
import { lengthWarnings, levelWarnings, quantityWarnings } from './visit-limits.ts';
import {
	baseCode,
	familyOf,
	warning,
	type VisitForRules,
	type VisitWarning,
	type VisitWarningCode
} from './visit-warnings.ts';

type Rule = (visit: VisitForRules, codes: readonly string[]) => VisitWarning[];

/** All warnings of a visit, in a fixed order. */
export function visitWarnings(visit: VisitForRules): VisitWarning[] {
	const codes = visit.codes.map((line) => line.code);
	return RULES.flatMap((rule) => rule(visit, codes));
}

const BA_MAX_MINUTES = 180;
const WASH: readonly string[] = ['BA01', 'BA07', 'BA23'];
const PRESENCE: readonly string[] = ['BA02', 'BA18', 'BA20'];
const MEDICAL_STAFF: readonly CaseRole[] = ['nurse'];
const APPROVED_LATER: readonly string[] = [
	'BA01',
	'BA07',
	'BA12',
	'BA14',
	'BA17a',
	'BA17b',
	'BA17c',
	'BA17d1',
	'BA17d2',
	'BA23',
	'BA24'
];

const RULES: readonly Rule[] = [
	function caseOpen({ caseStatus }, codes) {
		if (codes.length === 0 || caseStatus === 'active') return [];
		return [warning(caseStatus === 'closed' ? 'E5019' : 'E5030', codes)];
	},
	function known({ startsAt }, codes) {
		const day = taipeiDay(startsAt);
		return each(codes, (code) => serviceCodeOn(baseCode(code), day) === null, 'UNKNOWN_CODE');
	},
	function quantities({ codes }) {
		const wrong = codes.filter(({ quantity }) => !Number.isInteger(quantity) || quantity < 1);
		return wrong.map(({ code }) => warning('QUANTITY_INVALID', [code], 1));
	},
	function repeated(_visit, codes) {
		const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
		return [...new Set(twice)].map((code) => warning('E5009', [code], 1));
	},
	function longerThanThreeHours({ startsAt, endsAt }, codes) {
		const minutes = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;
		const concerned = codes.filter((code) => code.startsWith('BA') && code !== 'BA22');
		return minutes > BA_MAX_MINUTES && concerned.length > 0
			? [warning('E5007', concerned, BA_MAX_MINUTES)]
			: [];
	},
	function shorterThanCodes(visit) {
		return visit.isOver ? lengthWarnings(visit) : [];
	},
	function families(_visit, codes) {
		return familyWarnings(codes);
	},
	function onlyOne({ codes }) {
		return codes
			.filter(({ code, quantity }) => (familyOf(code) === 'C' || code === 'BA22') && quantity > 1)
			.map(({ code }) => warning('E5028', [code], 1));
	},
	function exclusive(_visit, codes) {
		return [
			...together(codes, WASH, 'EXCLUSIVE_WASH'),
			...together(codes, PRESENCE, 'EXCLUSIVE_PRESENCE'),
			...together(codes, ['AA08', 'AA09'], 'AA08_WITH_AA09')
		];
	},
	function roundsAlone(_visit, codes) {
		const others = codes.filter((code) => familyOf(code) === 'B' && code !== 'BA22');
		return codes.includes('BA22') && others.length > 0
			? [warning('BA22_ALONE', ['BA22', ...others])]
			: [];
	},
	function timeOfDay({ startsAt, endsAt }, codes) {
		return [
			...each(
				codes,
				(code) => code === 'AA08' && !touchesHours(startsAt, endsAt, 20, 24),
				'TIME_OF_DAY'
			),
			...each(
				codes,
				(code) => code === 'AA10' && !touchesHours(startsAt, endsAt, 0, 6),
				'TIME_OF_DAY'
			)
		];
	},
	function most(visit) {
		return quantityWarnings(visit);
	},
	function level({ cmsLevel }, codes) {
		return cmsLevel === null ? [] : levelWarnings(cmsLevel, codes);
	},
	function medicalStaff({ performerRole }, codes) {
		return each(
			codes,
			(code) => code === 'BA09a' && !MEDICAL_STAFF.includes(performerRole),
			'EBA09A1'
		);
	},
	function planned({ plannedCodes, approvedCodes }, codes) {
		const known = approvedCodes ?? (plannedCodes.length > 0 ? plannedCodes : null);
		if (known === null) return [];
		const plan = new Set(known.map(baseCode));
		const name = approvedCodes === null ? 'UNPLANNED' : 'OUTSIDE_PLAN';
		return [...new Set(codes)]
			.filter((code) => !plan.has(baseCode(code)) && familyOf(code) !== 'A')
			.map((code) =>
				warning(APPROVED_LATER.includes(code) ? `${name}_TELL_MANAGER` : name, [code])
			);
	}
];

/** Does the visit touch the hours from `fromHour` to `toHour` (Taipei) of the day on which it starts or ends? */
function touchesHours(startsAt: string, endsAt: string, fromHour: number, toHour: number): boolean {
	const start = instantParts(startsAt);
	const end = instantParts(endsAt);
	const sameDay = taipeiDay(startsAt) === taipeiDay(endsAt);
	const startHour = start.hour + start.minute / 60;
	const endHour = end.hour + end.minute / 60;
	if (sameDay) return startHour < toHour && endHour > fromHour;
	return startHour < toHour || endHour > fromHour;
}

function together(
	codes: readonly string[],
	group: readonly string[],
	code: VisitWarningCode
): VisitWarning[] {
	const present = group.filter((member) => codes.includes(member));
	return present.length > 1 ? [warning(code, present)] : [];
}

function each(
	codes: readonly string[],
	breaks: (code: string) => boolean,
	code: VisitWarningCode
): VisitWarning[] {
	return [...new Set(codes)].filter(breaks).map((service) => warning(code, [service]));
}
