namespace Testbed.Foundation;

/// <summary>Kafka's node.id: a broker or controller of the cluster, 0 or more; -1 is nobody.</summary>
public readonly record struct NodeId(int Value)
{
    public static NodeId None => new(-1);

    public override string ToString() => Value.ToString();
}
