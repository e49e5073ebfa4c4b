namespace Testbed.Foundation;

/// <summary>
/// Identifies one idempotent producer (KIP-98), handed out in blocks by the controller; -1 is none.
/// </summary>
public readonly record struct ProducerId(long Value)
{
    public static ProducerId None => new(-1);

    public bool IsNone => Value < 0;

    public override string ToString() => Value.ToString();
}
