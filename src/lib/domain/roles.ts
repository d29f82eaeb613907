/** What people are: in their organisation, in a circle, and towards one case. */
export type StaffRole =
	| 'worker'
	| 'nurse'
	| 'therapist'
	| 'dietitian'
	| 'pharmacist'
	| 'social_worker'
	| 'care_manager'
	| 'supervisor';
export type CircleRole = Exclude<StaffRole, 'supervisor'> | 'family';
/** A person's role towards one case: from the circle, or supervisor of the organisation that holds the case. */
export type CaseRole = StaffRole | 'family';

export const CLINICAL: readonly CaseRole[] = [
	'nurse',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker'
];
/** Who works in a circle: everybody there but the family. */
export const CIRCLE_STAFF = [
	'worker',
	'nurse',
	'therapist',
	'dietitian',
	'pharmacist',
	'social_worker',
	'care_manager'
] as const satisfies readonly CircleRole[];
export const STAFF: readonly CaseRole[] = ['worker', ...CLINICAL, 'care_manager', 'supervisor'];
