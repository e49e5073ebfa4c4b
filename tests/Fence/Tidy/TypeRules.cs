using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Testbed.Tests.Fence;

/// <summary>Rules about the types of a file.</summary>
internal static class TypeRules
{
    private const int CompanionMaxLines = 10;

    /// <summary>What the compiler can only complete in a type that is declared in parts.</summary>
    private static readonly string[] Completed = ["LibraryImport", "GeneratedRegex", "JsonSerializable"];

    /// <summary>
    /// The type of a file has its name; a generic one may add "Of" and what it is of. Others may share the
    /// file when they are short: an enum, a delegate, a record.
    /// </summary>
    public static IEnumerable<string> OnePerFile(TidyFile file)
    {
        var types = TopLevel(file).ToList();
        if (types.Count == 0)
        {
            return [];
        }
        var named = types.Where(type => IsNamedLike(type, file.Stem)).ToList();
        if (named.Count == 0)
        {
            return [file.At(types[0], $"declares {NameOf(types[0])}: name the file like its type")];
        }
        return types.Except(named)
            .Where(type => LengthRules.LineCount(type) > CompanionMaxLines)
            .Select(type => file.At(type, $"declares {NameOf(type)} too: give it its own file"));
    }

    public static IEnumerable<string> NotPartial(TidyFile file) => Types(file)
        .Where(type => type.Modifiers.Any(SyntaxKind.PartialKeyword) && !NeedsParts(type))
        .Select(type => file.At(type, $"declares a part of {NameOf(type)}: find the second type in it"));

    public static IEnumerable<string> NotNestedInPublic(TidyFile file) => Types(file)
        .Where(
            type => type.Parent is BaseTypeDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword))
        .Select(type => file.At(type, $"declares {NameOf(type)} public inside a type: give it its own file"));

    public static IEnumerable<string> NoRegions(TidyFile file) => !file.IsCode ? [] : file.Syntax
        .DescendantTrivia(descendIntoTrivia: true)
        .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
        .Select(trivia => trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1)
        .Select(line => file.At(line, "opens a region"));

    private static IEnumerable<MemberDeclarationSyntax> Types(TidyFile file) =>
        !file.IsCode ? [] : file.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(IsType);

    private static IEnumerable<MemberDeclarationSyntax> TopLevel(TidyFile file) =>
        Types(file).Where(type => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax);

    private static bool IsType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static bool IsNamedLike(MemberDeclarationSyntax type, string stem) =>
        NameOf(type) == stem || (IsGeneric(type) && stem.StartsWith(NameOf(type) + "Of"));

    private static bool IsGeneric(MemberDeclarationSyntax type) =>
        type is TypeDeclarationSyntax { TypeParameterList: not null }
            or DelegateDeclarationSyntax { TypeParameterList: not null };

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => "",
    };

    private static bool NeedsParts(MemberDeclarationSyntax type) => type
        .DescendantNodes(node => node == type || node is not BaseTypeDeclarationSyntax)
        .OfType<AttributeSyntax>()
        .Any(attribute => Completed.Contains(attribute.Name.ToString()))
        || type.ChildNodes().OfType<TypeDeclarationSyntax>().Any(NeedsParts);
}
