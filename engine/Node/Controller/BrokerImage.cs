using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>A registered broker: one incarnation of a node, told apart by its epoch.</summary>
/// <param name="Id">Its node id.</param>
/// <param name="Epoch">Offset of its registration in the metadata log.</param>
/// <param name="IncarnationId">Drawn anew at each start of the node.</param>
/// <param name="Endpoints">Where clients reach it, by listener name.</param>
/// <param name="Rack">broker.rack; null when not set.</param>
/// <param name="IsFenced">A fenced broker leads nothing and is told to nobody.</param>
/// <param name="Directories">Ids of its log directories.</param>
public sealed record BrokerImage(
    NodeId Id,
    long Epoch,
    Uuid IncarnationId,
    IReadOnlyList<BrokerEndpoint> Endpoints,
    string? Rack,
    bool IsFenced,
    IReadOnlyList<Uuid> Directories);
