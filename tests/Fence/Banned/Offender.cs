using System.Linq;
using Microsoft.CodeAnalysis;

namespace Testbed.Tests.Fence;

/// <summary>
/// Writes the smallest program that breaks a banned line: it uses exactly the symbol that the id names.
/// </summary>
internal static class Offender
{
    private static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>
    /// Null when the id names nothing in the framework: such a line bites nothing, and nobody would notice.
    /// </summary>
    public static string? Of(string id)
    {
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, Snippet.World);
        var use = symbol switch
        {
            INamespaceSymbol space when FirstType(space) is { } type => TypeOf(type),
            INamedTypeSymbol type => TypeOf(type),
            IPropertySymbol property =>
                $"_ = {Receiver(Closed(property.ContainingType), property)}.{property.Name};",
            IMethodSymbol method => Call(method),
            _ => null,
        };
        return use is null ? null : $"class Offender {{ void Offend() {{ {use} }} }}";
    }

    private static INamedTypeSymbol? FirstType(INamespaceSymbol space) =>
        space.GetTypeMembers().FirstOrDefault(type => type.DeclaredAccessibility == Accessibility.Public)
        ?? space.GetNamespaceMembers().Select(FirstType).FirstOrDefault(type => type is not null);

    private static string TypeOf(INamedTypeSymbol type)
    {
        var open = type.IsGenericType ? type.ConstructUnboundGenericType() : type;
        return $"_ = typeof({open.ToDisplayString(FullName)});";
    }

    private static string Call(IMethodSymbol method)
    {
        var type = Closed(method.ContainingType);
        var closed = type.GetMembers().OfType<IMethodSymbol>()
            .First(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method));
        var generic = closed.IsGenericMethod
            ? "<" + string.Join(", ", closed.TypeParameters.Select(_ => "int")) + ">"
            : "";
        closed = closed.IsGenericMethod
            ? closed.Construct([.. closed.TypeParameters.Select(_ => Int)])
            : closed;
        var before = string.Concat(closed.Parameters.Where(IsByReference).Select(Variable));
        var arguments = string.Join(", ", closed.Parameters.Select(Argument));
        return method.MethodKind == MethodKind.Constructor
            ? $"{before} _ = new {type.ToDisplayString(FullName)}({arguments});"
            : $"{before} {Receiver(type, method)}.{method.Name}{generic}({arguments});";
    }

    private static string Receiver(INamedTypeSymbol type, ISymbol member) =>
        member.IsStatic ? type.ToDisplayString(FullName) : $"default({type.ToDisplayString(FullName)})";

    private static string Argument(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => "ref " + parameter.Name,
        RefKind.Out => "out " + parameter.Name,
        _ => $"default({parameter.Type.ToDisplayString(FullName)})",
    };

    private static string Variable(IParameterSymbol parameter) =>
        $"{parameter.Type.ToDisplayString(FullName)} {parameter.Name} = default;";

    private static bool IsByReference(IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.Ref or RefKind.Out;

    private static ITypeSymbol Int => Snippet.World.GetSpecialType(SpecialType.System_Int32);

    private static INamedTypeSymbol Closed(INamedTypeSymbol type) =>
        type.IsGenericType ? type.Construct([.. type.TypeParameters.Select(_ => Int)]) : type;
}
