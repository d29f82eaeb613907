/** Journeys as this phone knows them: those of a month, and those that were made and are not noted yet. */
import { groupBy } from '#lib/domain/group-by.ts';
import { addDays, startOfDay, taipeiDay } from '#lib/domain/taiwan-dates.ts';
import {
	journeysOf,
	legsOf,
	propose,
	type Journey,
	type Leg,
	type PastJourney,
	type Proposal
} from '#lib/domain/travel.ts';
import type { TravelNoteRow } from '#lib/domain/travel-rows.ts';
import { actualTimes } from '#lib/domain/visit-watch.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { whereAny } from '#lib/db/where-any.ts';
import { isKept } from './kept.ts';

/** Which earlier journeys say how somebody goes. */
const PAST_DAYS = 60;

/** What of a journey its rows do not say. */
export interface TravelLine {
	readonly journey: Journey;
	/** Whom they came from and went to; null where nobody is named, or this phone does not have them. */
	readonly from: string | null;
	readonly to: string | null;
}

/** Of a month, YYYY-MM, by what counts now: one that was moved to another month stands there. */
export async function travelMonth(db: LocalDb, month: string): Promise<TravelLine[]> {
	const found = await db.travel_notes
		.where('travelled_on')
		.between(`${month}-01`, `${month}-31`, true, true)
		.toArray();
	const roots = [...new Set(found.map(({ id, corrects_id }) => corrects_id ?? id))];
	const [first, corrections] = await Promise.all([
		db.travel_notes.bulkGet(roots),
		whereAny(db.travel_notes, 'corrects_id', roots)
	]);
	const rows = [...first.filter((row) => row !== undefined), ...corrections];
	const journeys = journeysOf(rows.filter(isKept)).filter(({ now }) =>
		now.travelled_on.startsWith(month)
	);
	const cases = await casesOfVisits(db, rows);
	const people = await db.cases.bulkGet([...new Set(cases.values())]);
	const names = new Map(people.flatMap((person) => (person ? [[person.id, person.name]] : [])));
	const nameOf = (visitId: string | null) => names.get(cases.get(visitId ?? '') ?? '') ?? null;
	return journeys.map((journey) => ({
		journey,
		from: nameOf(journey.now.from_visit_id),
		to: nameOf(journey.now.to_visit_id)
	}));
}

async function casesOfVisits(
	db: LocalDb,
	rows: readonly TravelNoteRow[]
): Promise<Map<string, string>> {
	const ids = new Set(rows.flatMap((row) => [row.from_visit_id, row.to_visit_id]));
	ids.delete(null);
	// Null was just taken out.
	const visits = await db.visits.bulkGet([...ids] as string[]);
	return new Map(visits.flatMap((visit) => (visit ? [[visit.id, visit.case_id]] : [])));
}

/** A way that was made and is not noted. */
export interface UnnotedLeg {
	readonly leg: Leg;
	readonly day: string;
	readonly from: string | null;
	readonly to: string | null;
	/** The organisation that holds the case which was gone to. */
	readonly caseOrgId: string | null;
	readonly proposal: Proposal;
}

/** Of one worker, from `fromDay` to `toDay`, Taipei days, both included; the newest first. */
export async function unnotedLegs(
	db: LocalDb,
	userId: string,
	{ fromDay, toDay }: { readonly fromDay: string; readonly toDay: string }
): Promise<UnnotedLeg[]> {
	const [visits, notes] = await Promise.all([
		db.visits
			.where('[worker_id+starts_at]')
			.between([userId, startOfDay(fromDay)], [userId, startOfDay(addDays(toDay, 1))], true, false)
			.toArray(),
		db.travel_notes.where('travelled_on').aboveOrEqual(addDays(toDay, -PAST_DAYS)).toArray()
	]);
	const kept = visits.filter(isKept);
	const remarks = groupBy(
		await whereAny(
			db.visit_remarks,
			'visit_id',
			kept.map(({ id }) => id)
		),
		({ visit_id }) => visit_id
	);
	const stops = kept.flatMap((visit) => {
		const times = actualTimes(visit, remarks.get(visit.id) ?? []);
		return times ? [{ visit, times }] : [];
	});
	const legs = [...groupBy(stops, ({ times }) => taipeiDay(times.from)).values()].flatMap(legsOf);
	const mine = notes.filter((row) => row.user_id === userId && isKept(row));
	const noted = new Set(mine.map(({ to_visit_id }) => to_visit_id));
	const open = legs.filter(({ to }) => !noted.has(to.visit.id)).reverse();
	if (open.length === 0) return [];

	const cases = await casesOfVisits(db, mine);
	const past = journeysOf(mine).map((journey): PastJourney => ({
		journey,
		fromCase: cases.get(journey.now.from_visit_id ?? '') ?? null,
		toCase: cases.get(journey.now.to_visit_id ?? '') ?? null
	}));
	const ids = new Set(open.flatMap(({ from, to }) => [from.visit.case_id, to.visit.case_id]));
	const people = new Map(
		(await db.cases.bulkGet([...ids])).flatMap((row) => (row ? [[row.id, row]] : []))
	);
	return open.map((leg) => ({
		leg,
		day: taipeiDay(leg.to.times.from),
		from: people.get(leg.from.visit.case_id)?.name ?? null,
		to: people.get(leg.to.visit.case_id)?.name ?? null,
		caseOrgId: people.get(leg.to.visit.case_id)?.org_id ?? null,
		proposal: propose(leg, past)
	}));
}
