using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Testbed.Tests.Fence;

/// <summary>
/// Tells types whose values never change from types whose values may. A type of the project is frozen when
/// all its fields are readonly and of frozen types; of the framework's, the ones named here are.
/// </summary>
internal static class FrozenTypes
{
    private static readonly string[] Framework =
    [
        "System.Guid", "System.Version", "System.DateTime", "System.DateTimeOffset", "System.TimeSpan",
        "System.Range",
        "System.Index", "System.Type", "System.StringComparer", "System.Text.Encoding",
        "System.Text.UTF8Encoding",
        "System.Int128", "System.UInt128", "System.Half", "System.Numerics.BigInteger",
        "System.Text.CompositeFormat",
        "System.Globalization.CultureInfo",
    ];

    /// <summary>Frozen when their type arguments are.</summary>
    private static readonly string[] FrameworkGeneric =
    [
        "System.Nullable`1", "System.ReadOnlyMemory`1", "System.Buffers.SearchValues`1",
        "System.Collections.Generic.KeyValuePair`2", "System.Collections.Generic.Comparer`1",
        "System.Collections.Generic.EqualityComparer`1", "System.Collections.Generic.IComparer`1",
        "System.Collections.Generic.IEqualityComparer`1", "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.IReadOnlyCollection`1", "System.Collections.Generic.IReadOnlyList`1",
        "System.Collections.Generic.IReadOnlyDictionary`2", "System.Collections.Generic.IReadOnlySet`1",
        "System.Collections.Immutable.ImmutableArray`1", "System.Collections.Immutable.ImmutableList`1",
        "System.Collections.Immutable.ImmutableSortedDictionary`2",
        "System.Collections.Immutable.ImmutableSortedSet`1",
    ];

    public static bool IsFrozen(ITypeSymbol type) => IsFrozen(type, []);

    /// <summary>A type that is met again inside itself is judged by its other fields.</summary>
    private static bool IsFrozen(ITypeSymbol type, HashSet<string> judging) => type switch
    {
        _ when type.TypeKind is TypeKind.Enum or TypeKind.Delegate => true,
        _ when type.SpecialType is SpecialType.System_String or SpecialType.System_Decimal => true,
        _ when type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr => true,
        _ when type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double => true,
        INamedTypeSymbol { IsTupleType: true } tuple =>
            tuple.TupleElements.All(field => IsFrozen(field.Type, judging)),
        INamedTypeSymbol named when Framework.Contains(FullName(named)) => true,
        INamedTypeSymbol named when FrameworkGeneric.Contains(FullName(named)) =>
            named.TypeArguments.All(argument => IsFrozen(argument, judging)),
        INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } own when IsOfProject(own) =>
            !judging.Add(own.ToDisplayString()) || AreFieldsFrozen(own, judging),
        _ => false,
    };

    private static bool AreFieldsFrozen(INamedTypeSymbol type, HashSet<string> judging) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic)
            .All(field => field.IsReadOnly && IsFrozen(field.Type, judging))
        && (type.BaseType is not { SpecialType: SpecialType.None } parent || IsFrozen(parent, judging));

    private static bool IsOfProject(INamedTypeSymbol type) =>
        !type.ContainingNamespace.ToDisplayString().StartsWith("System");

    private static string FullName(INamedTypeSymbol type) =>
        $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
}
