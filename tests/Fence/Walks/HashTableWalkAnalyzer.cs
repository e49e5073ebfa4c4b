using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Testbed.Tests.Fence;

/// <summary>
/// Reports where a hash table becomes a sequence: LINQ, a constructor of List, a spread, a loop over an
/// interface. Compiled code does not show it, because a conversion to an interface leaves no trace. An
/// interface that a Dictionary or a HashSet may stand behind counts as one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HashTableWalkAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        "WALK",
        "Hash tables are not walked",
        "walks {0}: use a List, SortedDictionary or SortedSet",
        "Determinism",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    private static readonly string[] HashTables =
        ["Dictionary", "HashSet", "IDictionary", "IReadOnlyDictionary", "ISet", "IReadOnlySet"];

    private static readonly string[] Sequences = ["IEnumerable", "ICollection", "IReadOnlyCollection"];

    /// <summary>Their outcome is the same whatever the order of the argument.</summary>
    private static readonly string[] OrderIndifferent =
        [
            "Dictionary", "HashSet", "SortedSet", "ISet", "IReadOnlySet", "SortedDictionary",
            "ImmutableSortedSet",
        ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(OnConversion, OperationKind.Conversion);
        context.RegisterOperationAction(OnLoop, OperationKind.Loop);
        context.RegisterOperationAction(OnSpread, OperationKind.Spread);
    }

    private static void OnConversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (Is(conversion.Type, Sequences) && !GoesToSet(conversion))
        {
            ReportIfHashTable(context, conversion.Operand.Type);
        }
    }

    private static void OnLoop(OperationAnalysisContext context)
    {
        if (context.Operation is IForEachLoopOperation loop)
        {
            var collection = loop.Collection is IConversionOperation conversion
                ? conversion.Operand
                : loop.Collection;
            ReportIfHashTable(context, collection.Type);
        }
    }

    private static void OnSpread(OperationAnalysisContext context) =>
        ReportIfHashTable(context, ((ISpreadOperation)context.Operation).Operand.Type);

    private static void ReportIfHashTable(OperationAnalysisContext context, ITypeSymbol? type)
    {
        if (Is(type, HashTables))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), type!.ToDisplayString()));
        }
    }

    /// <summary>Joining, intersecting and comparing sets, and making another table.</summary>
    private static bool GoesToSet(IConversionOperation conversion) =>
        conversion.Parent is IArgumentOperation argument
        && argument.Parent switch
        {
            IInvocationOperation call => Is(call.TargetMethod.ContainingType, OrderIndifferent),
            IObjectCreationOperation made => Is(made.Type, OrderIndifferent),
            _ => false,
        };

    private static bool Is(ITypeSymbol? type, string[] names) =>
        type is INamedTypeSymbol named
        && names.Contains(named.Name)
        && named.ContainingNamespace.ToDisplayString().StartsWith("System.Collections");
}
