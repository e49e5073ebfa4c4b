using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>
/// A project of the product, and the projects it refers to directly: the arrows of the design. Anything else
/// that a project file says is a mistake here or there.
/// </summary>
internal sealed record Room(string Folder, string Namespace, IReadOnlyList<string> RefersTo)
{
    /// <summary>The compiler loads it beside Wire; it is no part of any program.</summary>
    public const string Generator = "engine/Wire.Generator";

    private const string GeneratorNamespace = "Testbed.Wire.Generator";

    public static IReadOnlyList<Room> All { get; } =
    [
        new("engine/Foundation", "Testbed.Foundation", []),
        new("engine/Compression", "Testbed.Compression", ["engine/Foundation"]),
        new(Generator, GeneratorNamespace, []),
        new("engine/Wire", "Testbed.Wire", ["engine/Compression", Generator]),
        new("engine/Log", "Testbed.Log", ["engine/Wire"]),
        new("engine/Node", "Testbed.Node", ["engine/Log"]),
        new("engine/Client", "Testbed.Client", ["engine/Wire"]),
        new("models", "Testbed.Models", ["engine/Foundation"]),
        new("sim", "Testbed.Sim", ["engine/Node", "engine/Client", "models"]),
        new("net", "Testbed.Net", ["engine/Node", "engine/Client"]),
        new("runner", "Testbed.Runner", ["sim", "net", "models"]),
    ];

    /// <summary>The room that a file lies in; null outside all rooms, as tests are.</summary>
    public static Room? Of(string path) => All.FirstOrDefault(room => path.StartsWith(room.Folder + "/"));

    /// <summary>
    /// Whether code of this room may write <paramref name="name"/>; names of other projects always.
    /// </summary>
    public bool MayMention(string name) =>
        !IsInside(name, "Testbed")
        || (IsInside(name, GeneratorNamespace) ? Folder == Generator : IsOwnOrBelow(name));

    private bool IsOwnOrBelow(string name) =>
        Below().Append(this).Any(room => IsInside(name, room.Namespace));

    private static bool IsInside(string name, string space) => (name + ".").StartsWith(space + ".");

    /// <summary>All rooms that this one refers to, directly or through others.</summary>
    private IEnumerable<Room> Below() => RefersTo
        .Select(folder => All.Single(room => room.Folder == folder))
        .SelectMany(room => room.Below().Append(room));
}
