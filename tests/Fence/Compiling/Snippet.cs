using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>
/// A few lines of C# compiled in memory against the framework and every assembly of the project: how a fence is shown
/// an offender without putting one into the product.
/// </summary>
internal static class Snippet
{
    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Preview);

    /// <summary>Everything the test process itself may load, which includes the engine.</summary>
    private static readonly ImmutableArray<MetadataReference> References = TrustedAssemblies();

    public static CSharpCompilation Compile(string source, string assemblyName = "Planted") =>
        CSharpCompilation.Create(
            assemblyName,
            [CSharpSyntaxTree.ParseText(source, Syntax, "Planted.cs")],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));

    /// <summary>
    /// Ids of the errors that stop the snippet from becoming an assembly, without repeats. Emitting matters: awaiters
    /// meet the builder's constraint only when the state machine is made.
    /// </summary>
    public static IReadOnlyList<string> Errors(string source) =>
        Compile(source).Emit(Stream.Null).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id)
            .Distinct()
            .ToList();

    /// <summary>The compiled assembly. A snippet that does not compile shows nothing, so it fails the test.</summary>
    public static byte[] Image(string source, string assemblyName = "Planted")
    {
        using var image = new MemoryStream();
        var result = Compile(source, assemblyName).Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return image.ToArray();
    }

    private static ImmutableArray<MetadataReference> TrustedAssemblies()
    {
        var paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. paths.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];
    }
}
