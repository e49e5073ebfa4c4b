namespace Testbed.Foundation;

/// <summary>
/// Outcome of a disk operation. <paramref name="Count"/> is the bytes read, which is less than asked for only
/// at the end of the file; 0 for operations that move no bytes.
/// </summary>
public readonly record struct IoResult(IoStatus Status, int Count = 0)
{
    public bool IsOk => Status == IoStatus.Ok;
}
