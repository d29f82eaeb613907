import { expect, test } from 'vitest';
import { isPlanner } from '#lib/features/visits/planner.ts';
import { aPerson, anId } from '../../fixtures/builders.ts';

const withRole = (role: 'worker' | 'nurse' | 'care_manager' | 'supervisor' | 'therapist') =>
	aPerson({ memberships: [{ orgId: anId(), orgName: '機構', role }] });

test('nurses, care managers and supervisors are offered to plan visits; workers, therapists and the family are not', () => {
	expect((['nurse', 'care_manager', 'supervisor'] as const).map(withRole).every(isPlanner)).toBe(
		true
	);
	expect([withRole('worker'), withRole('therapist'), aPerson()].some(isPlanner)).toBe(false);
});
