using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Testbed.Tests.Fence;

/// <summary>
/// What types of a fenced assembly may not declare: finalizers, and statics that can change.
/// </summary>
internal static class Declarations
{
    public static IReadOnlyList<string> Violations(ImmutableArray<byte> assembly) =>
        Types(Symbols(assembly).GlobalNamespace)
            .Where(type => !IsMadeByCompiler(type))
            .SelectMany(type => type.GetMembers().Select(Violation).OfType<string>())
            .ToList();

    private static string? Violation(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Destructor } =>
            $"{member.ContainingType.ToDisplayString()} has a finalizer: in a crash nothing else of it runs",
        IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false } =>
            $"{member.ToDisplayString()} is a static that can be assigned: hang it off the shard",
        IFieldSymbol { IsStatic: true, IsConst: false } field when !FrozenTypes.IsFrozen(field.Type) =>
            $"{member.ToDisplayString()} is a static whose {field.Type.ToDisplayString()} can change: "
            + "use a span of constants, an ImmutableArray, or hang it off the shard",
        _ => null,
    };

    /// <summary>The assembly as symbols, private members included.</summary>
    private static IAssemblySymbol Symbols(ImmutableArray<byte> assembly)
    {
        var reference = MetadataReference.CreateFromImage(assembly);
        var options = Snippet.World.Options.WithMetadataImportOptions(MetadataImportOptions.All);
        var others = Snippet.World.References.Where(other => !IsSame(other, reference));
        var world = CSharpCompilation.Create("Reader", [], [reference, .. others], options);
        return (IAssemblySymbol)world.GetAssemblyOrModuleSymbol(reference)!;
    }

    /// <summary>
    /// Whether <paramref name="other"/> is the file of the same assembly, which would hide it.
    /// </summary>
    private static bool IsSame(MetadataReference other, PortableExecutableReference reference) =>
        NameOf(other) == NameOf(reference);

    private static string NameOf(MetadataReference reference) =>
        ((AssemblyMetadata)((PortableExecutableReference)reference).GetMetadata()).GetModules()[0].Name;

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent) =>
        parent.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => Types(member).Concat(member is INamedTypeSymbol type ? [type] : []));

    /// <summary>
    /// Closures, caches of delegates, tables of constants: their names cannot be written in C#.
    /// </summary>
    private static bool IsMadeByCompiler(INamedTypeSymbol type) =>
        type.MetadataName.Contains('<')
            || (type.ContainingType is not null && IsMadeByCompiler(type.ContainingType));
}
