namespace Testbed.Foundation;

/// <summary>
/// Names one item of an <see cref="EventHeap{T}"/>, and nothing once that item has left it.
/// </summary>
public readonly record struct HeapHandle(int Slot, int Version)
{
    public static HeapHandle None => default;

    public bool IsNone => Version == 0;
}
