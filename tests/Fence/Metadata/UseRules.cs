using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>The rules of the third fence that are the same for every room.</summary>
internal static class UseRules
{
    private static readonly string[] Walked =
    [
        "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.IDictionary`2", "System.Collections.Generic.IReadOnlyDictionary`2",
    ];

    private static readonly string[] WalkingTypes =
    [
        "System.Collections.Generic.Dictionary`2.Enumerator",
        "System.Collections.Generic.Dictionary`2.KeyCollection",
        "System.Collections.Generic.Dictionary`2.KeyCollection.Enumerator",
        "System.Collections.Generic.Dictionary`2.ValueCollection",
        "System.Collections.Generic.Dictionary`2.ValueCollection.Enumerator",
        "System.Collections.Generic.HashSet`1.Enumerator",
    ];

    private static readonly string[] WalkingMembers = ["GetEnumerator", "get_Keys", "get_Values", "CopyTo"];

    private static readonly string[] Awaited =
        ["TaskAwaiter", "ValueTaskAwaiter", "YieldAwaitable", "Configured"];

    public static IReadOnlyList<UseRule> Common { get; } =
    [
        new("walks a Dictionary or HashSet: walk a List, SortedDictionary or SortedSet", Walks),
        new("uses a task builder of the framework: write async EngineTask", BuildsTask),
        new("awaits a task of the framework: await an EngineOp or an EngineTask", AwaitsTask),
        new(
            "has a volatile field: state belongs to one shard",
            use => IsCompilerService(use) && use.Type.Name == "IsVolatile"),
        new(
            "is dynamic: say it in code",
            use => IsCompilerService(use) && use.Type.Name.StartsWith("CallSite")),
        new(
            "uses a Node folder that is its peer: only Requests and Node.cs compose them",
            NodePeers.AreMixedBy),
    ];

    /// <summary>
    /// The list of banned symbols, applied to what the analyzer does not see: signatures, fields, await.
    /// </summary>
    public static UseRule Banned(IEnumerable<BannedLine> lines)
    {
        var ids = lines.Select(line => WithoutParameters(line.Id)).ToHashSet();
        var spaces = lines.Where(line => line.Id.StartsWith("N:")).Select(line => line.Id[2..]).ToList();
        return new UseRule("is on the list of banned symbols", IsListed);

        bool IsListed(Use use) =>
            ids.Contains("T:" + use.Type)
            || ids.Contains("M:" + use.What)
            || (IsAccessor(use) && ids.Contains($"P:{use.Type}.{use.Member[4..]}"))
            || spaces.Exists(space => (use.Type.Namespace + ".").StartsWith(space + "."));
    }

    /// <summary>What is outside the namespaces and the single types that a room may use.</summary>
    public static UseRule Outside(
        IReadOnlyCollection<string> namespaces, IReadOnlyCollection<string> types) =>
        new("is outside what this room may use (tests/Fence/Metadata/EngineRoom.cs)", use =>
            use.Type.Namespace.Length > 0
            && !(use.Type.Namespace + ".").StartsWith("Testbed.")
            && !namespaces.Contains(use.Type.Namespace)
            && !types.Contains(use.Type.ToString()));

    private static string WithoutParameters(string id) => id.Split('(')[0].Split("``")[0];

    private static bool IsAccessor(Use use) => use.Member.StartsWith("get_") || use.Member.StartsWith("set_");

    private static bool Walks(Use use) =>
        WalkingTypes.Contains(use.Type.ToString())
        || (Walked.Contains(use.Type.ToString()) && WalkingMembers.Contains(use.Member));

    private static bool BuildsTask(Use use) =>
        IsCompilerService(use) && use.Type.Name.Contains("Async") && use.Type.Name.Contains("MethodBuilder");

    private static bool AwaitsTask(Use use) =>
        IsCompilerService(use) && Awaited.Any(use.Type.Name.StartsWith);

    private static bool IsCompilerService(Use use) => use.Type.Namespace == "System.Runtime.CompilerServices";
}
