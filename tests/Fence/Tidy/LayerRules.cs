using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Testbed.Tests.Fence;

/// <summary>Rules about which rooms the code of a room speaks of.</summary>
internal static class LayerRules
{
    private const string NodeFolder = "engine/Node/";

    /// <summary>
    /// Code of a room is in the room's namespace, and code of a folder of Node in the folder's.
    /// </summary>
    public static IEnumerable<string> Namespaces(TidyFile file)
    {
        if (!file.IsCode || Room.Of(file.Path) is not { } room)
        {
            return [];
        }
        var expected = room.Namespace + NodeSuffix(file.Path);
        return file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
            .Where(space => !IsInside(space.Name.ToString(), expected))
            .Select(space => file.At(space, $"is in {space.Name}, not in {expected}"));
    }

    /// <summary>
    /// Every mention of another room's namespace: using directives and names written in full. The compiled
    /// assemblies are held to the same by their references; this says it in the file that did it.
    /// </summary>
    public static IEnumerable<string> Usings(TidyFile file)
    {
        if (!file.IsCode || Room.Of(file.Path) is not { } room)
        {
            return [];
        }
        var from = file.Syntax.DescendantNodes()
            .OfType<BaseNamespaceDeclarationSyntax>()
            .FirstOrDefault()?.Name.ToString() ?? "";
        return file.Syntax.DescendantNodes().OfType<QualifiedNameSyntax>()
            .Where(name => name.Parent is not QualifiedNameSyntax and not BaseNamespaceDeclarationSyntax)
            .Where(name => !room.MayMention(name.ToString()) || NodePeers.MayNotUse(from, name.ToString()))
            .Select(name => file.At(name, $"uses {name}, which {from} may not"));
    }

    private static string NodeSuffix(string path) =>
        path.StartsWith(NodeFolder) && path[NodeFolder.Length..].Split('/') is [var folder, _, ..]
            ? "." + folder
            : "";

    private static bool IsInside(string space, string expected) => (space + ".").StartsWith(expected + ".");
}
