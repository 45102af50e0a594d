import { POSTGRES_MAJOR } from '@daodi/platform';
import { dueSteps, type Standing } from './due-steps';

const fits: Standing = { major: POSTGRES_MAJOR, migrations: { pending: [], unknown: [] }, isEmbedded: true };
const english = (standing: Standing): string[] => dueSteps(standing).map(({ en }) => en);

describe('dueSteps', () => {
  it('has nothing to do where release and database fit', () => {
    expect(dueSteps(fits)).toEqual([]);
  });
  it('wants a backup before migrations, and says who migrates', () => {
    const migrations = { pending: ['AddThing1'], unknown: [] };
    expect(english({ ...fits, migrations })).toEqual([expect.stringMatching(/1 migrations are pending. Take a backup .* npm start, which migrates by itself/)]);
    expect(english({ ...fits, migrations, isEmbedded: false })).toEqual([expect.stringMatching(/run daodi migrate/)]);
  });
  it('names what an older release does not know', () => {
    expect(english({ ...fits, migrations: { pending: [], unknown: ['OfNextYear2'] } })).toEqual([expect.stringMatching(/newer release .*OfNextYear2/)]);
  });
  it('sends a server of another major to a move, everything at once', () => {
    expect(english({ major: 16, migrations: { pending: ['A1'], unknown: ['B2'] }, isEmbedded: false })).toHaveLength(3);
  });
});
