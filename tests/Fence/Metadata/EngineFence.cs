using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>Judges one compiled assembly by the rules of its room.</summary>
internal static class EngineFence
{
    /// <summary>
    /// One sentence per broken rule and place, in a stable order; none when the assembly is clean.
    /// </summary>
    public static IReadOnlyList<string> Violations(ImmutableArray<byte> assembly, EngineRoom room)
    {
        UseRule[] rules =
        [
            .. UseRules.Common,
            UseRules.Outside(room.Namespaces, room.Types),
            UseRules.Banned(BannedLine.Read(Repository.Path(room.BannedList))),
        ];
        var uses = AssemblyUses.Of(assembly)
            .Where(use => !CompilerMade.Allows(use))
            .SelectMany(use => rules
                .Where(rule => rule.IsBrokenBy(use))
                .Select(rule => $"{use.Where}: {use.What} {rule.Why}"));
        return uses.Concat(Declarations.Violations(assembly)).Distinct().Order().ToList();
    }
}
