using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

public class LayerRulesTests
{
    [Theory]
    [InlineData("engine/Log/A.cs", "namespace Testbed.Log;", 0)]
    [InlineData("engine/Log/Recovery/A.cs", "namespace Testbed.Log;", 0)]
    [InlineData("engine/Log/Recovery/A.cs", "namespace Testbed.Log.Recovery;", 0)]
    [InlineData("engine/Log/A.cs", "namespace Testbed.Logs;", 1)]
    [InlineData("engine/Log/A.cs", "namespace Testbed.Wire;", 1)]
    [InlineData("engine/Node/Node.cs", "namespace Testbed.Node;", 0)]
    [InlineData("engine/Node/Groups/A.cs", "namespace Testbed.Node.Groups;", 0)]
    [InlineData("engine/Node/Groups/A.cs", "namespace Testbed.Node;", 1)]
    [InlineData("tests/Engine/A.cs", "namespace Anything;", 0)]
    public void A_namespace_that_hides_the_room_is_found(string path, string text, int findings) =>
        Assert.Equal(findings, LayerRules.Namespaces(new TidyFile(path, text)).Count());

    [Theory]
    [InlineData("engine/Foundation/A.cs", "using Testbed.Wire;")]
    [InlineData("engine/Wire/A.cs", "using Testbed.Log;")]
    [InlineData("engine/Client/A.cs", "using Testbed.Node;")]
    [InlineData("models/A.cs", "using Testbed.Wire;")]
    [InlineData("sim/A.cs", "using static Testbed.Net.Sockets;")]
    [InlineData("net/A.cs", "using Clock = Testbed.Sim.Clock;")]
    [InlineData("runner/A.cs", "using Testbed.Tests.Fence;")]
    [InlineData("engine/Wire/A.cs", "using Testbed.Wire.Generator;")]
    [InlineData("models/A.cs", "namespace Testbed.Models; class A { Testbed.Log.Segment _x; }")]
    [InlineData("engine/Node/Groups/A.cs", "using Testbed.Node.Transactions; namespace Testbed.Node.Groups;")]
    [InlineData("engine/Node/Groups/A.cs", "using Testbed.Node.Requests; namespace Testbed.Node.Groups;")]
    [InlineData("engine/Node/Quorum/A.cs", "using Testbed.Node.Controller; namespace Testbed.Node.Quorum;")]
    public void A_mention_across_the_arrows_is_found(string path, string text) =>
        Assert.Single(LayerRules.Usings(new TidyFile(path, text)));

    [Theory]
    [InlineData("engine/Wire/A.cs", "using System; using Testbed.Foundation; using Testbed.Compression;")]
    [InlineData(
        "engine/Node/Node.cs",
        "using Testbed.Node.Groups; using Testbed.Node.Quorum; namespace Testbed.Node;")]
    [InlineData(
        "engine/Node/Requests/A.cs",
        "using Testbed.Node.Groups; using Testbed.Wire; namespace Testbed.Node.Requests;")]
    [InlineData(
        "engine/Node/Groups/A.cs",
        "using Testbed.Node.Groups.Classic; using Testbed.Node.Image; namespace Testbed.Node.Groups;")]
    [InlineData(
        "runner/A.cs",
        "using Testbed.Sim; using Testbed.Net; using Testbed.Foundation; using Testbed.Models;")]
    [InlineData("tests/Sim/A.cs", "using Testbed.Net;")]
    public void A_mention_along_the_arrows_is_let_pass(string path, string text) =>
        Assert.Empty(LayerRules.Usings(new TidyFile(path, text)));
}
