using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Engine.Client;

/// <summary>A topic of a <see cref="FakeCluster"/>.</summary>
internal sealed class FakeTopic(string name, Uuid id)
{
    public string Name => name;

    public Uuid Id => id;

    public List<FakePartition> Partitions { get; } = [];
}
