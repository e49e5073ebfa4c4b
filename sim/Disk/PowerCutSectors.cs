using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Which unsynced sectors of one file survive a power cut, in order of position: all of them, those up to
/// some point, or any.
/// </summary>
internal sealed class PowerCutSectors
{
    private const int All = 0;
    private const int Prefix = 1;
    private const int WaysCount = 3;

    private readonly Prng _chance;
    private readonly int _way;
    private bool _isBeyondPrefix;

    public PowerCutSectors(Prng chance)
    {
        _chance = chance;
        _way = chance.Below(WaysCount);
    }

    public bool IsNextKept()
    {
        switch (_way)
        {
            case All:
                return true;
            case Prefix:
                _isBeyondPrefix |= _chance.Chance(1, 4);
                return !_isBeyondPrefix;
            default:
                return _chance.Chance(1, 2);
        }
    }
}
