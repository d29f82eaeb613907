/** Public numbers that help with an incident, the first to call first: 119 ambulance and fire, 110 police, 113 protection. */

export type PublicNumber = '119' | '110' | '113';

/** Somebody is missing, may have to be reached behind a locked door, or is dangerous to others; a road accident. */
const POLICE: readonly string[] = ['LOST', 'NOANS', 'BEHAV', 'STAFF', 'ABUSE', 'FINEX'];
/** 113 takes reports of violence, abuse and neglect day and night (衛生福利部保護服務司). */
const PROTECTION: readonly string[] = ['ABUSE', 'FINEX'];

/** @param type of incident, null while none is chosen */
export function callsFor(type: string | null): readonly PublicNumber[] {
	if (type === null) return ['119'];
	const calls: PublicNumber[] = ['119'];
	if (PROTECTION.includes(type)) calls.push('113');
	if (POLICE.includes(type)) calls.push('110');
	return calls;
}
