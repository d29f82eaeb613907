/** Which families of codes may stand together in one visit. */

import { baseCode, familyOf, warning, type VisitWarning } from './visit-warnings.ts';

const B_WITH_RIDE: readonly string[] = ['BA12', 'BA13', 'BA14'];

/** E5013 and E5014 name the two pairs that the system names; every other mixture of families is E5010. */
export function familyWarnings(codes: readonly string[]): VisitWarning[] {
	const of = (family: string): string[] => codes.filter((code) => familyOf(code) === family);
	const warnings: VisitWarning[] = [];
	const withRide = of('B').filter((code) => !B_WITH_RIDE.includes(baseCode(code)));
	if (withRide.length > 0 && of('D').length > 0) {
		warnings.push(warning('E5013', [...withRide, ...of('D')]));
	}
	// BA14 may overlap GA09: the escort to the clinic goes on while respite runs.
	const withRespite = of('B').filter(
		(code) => !(code === 'BA14' && of('G').every((respite) => respite === 'GA09'))
	);
	if (withRespite.length > 0 && of('G').length > 0) {
		warnings.push(warning('E5014', [...withRespite, ...of('G')]));
	}
	const mixed = FAMILIES.filter((family) => of(family).length > 0);
	const explained = warnings.length > 0 || isAllowedPair(codes, mixed);
	if (mixed.length > 2 || (mixed.length === 2 && !explained)) {
		warnings.push(
			warning(
				'E5010',
				codes.filter((code) => familyOf(code) !== 'A')
			)
		);
	}
	return warnings;
}

const FAMILIES: readonly string[] = ['B', 'C', 'D', 'G', 'S'];

function isAllowedPair(codes: readonly string[], families: readonly string[]): boolean {
	const pair = families.join('');
	if (pair === 'BD') return true;
	return (
		pair === 'BG' &&
		codes.every((code) => ['BA14', 'GA09'].includes(code) || familyOf(code) === 'A')
	);
}
