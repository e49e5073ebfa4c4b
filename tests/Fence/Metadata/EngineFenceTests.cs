using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The third fence, over the assemblies as they were compiled.</summary>
public class EngineFenceTests
{
    public static TheoryData<string> Assemblies => [.. EngineRoom.All.Select(room => room.Assembly)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_engine_assembly_is_clean(string assembly)
    {
        var image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        var room = EngineRoom.All.Single(room => room.Assembly == assembly);
        Findings.AreNone(EngineFence.Violations([.. image], room));
    }
}
