/** Which of the five places of the app a screen belongs to. */

/** Screens outside the five places belong to the one from which they are reached. */
const OWNERS: readonly (readonly [prefix: string, href: string])[] = [
	['/cases', '/cases'],
	['/tasks', '/tasks'],
	['/messages', '/messages'],
	['/settings', '/settings']
];

/** The place that a path belongs to; schedule, visits and emergencies are reached from the dashboard. */
export function placeOf(pathname: string): string {
	const owner = OWNERS.find(([prefix]) => pathname === prefix || pathname.startsWith(`${prefix}/`));
	return owner?.[1] ?? '/';
}
