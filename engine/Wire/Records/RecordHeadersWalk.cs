using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>The enumerator of <see cref="RecordHeaders"/>.</summary>
public ref struct RecordHeadersWalk(RecordHeaders headers)
{
    private FieldReader _fields = new(headers.Encoded);
    private int _leftCount = headers.Count;

    public RecordHeaderView Current { get; private set; }

    public bool MoveNext()
    {
        if (_leftCount == 0)
        {
            return false;
        }
        _leftCount--;
        Current = new RecordHeaderView(_fields.HeaderKey(), _fields.KeyOrValue());
        Invariant.Assert(_fields.Fault == RecordFault.None);
        return true;
    }
}
