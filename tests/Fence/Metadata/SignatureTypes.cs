using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace Testbed.Tests.Fence;

/// <summary>
/// Decodes a signature blob to the named types in it, whatever arrays, pointers and generics they stand in.
/// </summary>
internal sealed class SignatureTypes : ISignatureTypeProvider<ImmutableArray<TypeName>, object?>
{
    public ImmutableArray<TypeName> GetTypeFromReference(
        MetadataReader reader, TypeReferenceHandle handle, byte kind) =>
        [TypeNames.Of(reader, handle)];

    public ImmutableArray<TypeName> GetTypeFromDefinition(
        MetadataReader reader, TypeDefinitionHandle handle, byte kind) =>
        [TypeNames.Of(reader, handle)];

    public ImmutableArray<TypeName> GetTypeFromSpecification(
        MetadataReader reader, object? context, TypeSpecificationHandle handle, byte kind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public ImmutableArray<TypeName> GetGenericInstantiation(
        ImmutableArray<TypeName> type, ImmutableArray<ImmutableArray<TypeName>> arguments) =>
        [.. type, .. arguments.SelectMany(argument => argument)];

    public ImmutableArray<TypeName> GetModifiedType(
        ImmutableArray<TypeName> modifier, ImmutableArray<TypeName> type, bool isRequired) =>
            [.. modifier, .. type];

    public ImmutableArray<TypeName> GetFunctionPointerType(
        MethodSignature<ImmutableArray<TypeName>> signature) =>
        InSignature(signature);

    public ImmutableArray<TypeName> GetPrimitiveType(PrimitiveTypeCode code) =>
        [new TypeName("System", code.ToString())];

    public ImmutableArray<TypeName> GetArrayType(ImmutableArray<TypeName> type, ArrayShape shape) => type;

    public ImmutableArray<TypeName> GetByReferenceType(ImmutableArray<TypeName> type) => type;

    public ImmutableArray<TypeName> GetPinnedType(ImmutableArray<TypeName> type) => type;

    public ImmutableArray<TypeName> GetPointerType(ImmutableArray<TypeName> type) => type;

    public ImmutableArray<TypeName> GetSZArrayType(ImmutableArray<TypeName> type) => type;

    public ImmutableArray<TypeName> GetGenericMethodParameter(object? context, int index) => [];

    public ImmutableArray<TypeName> GetGenericTypeParameter(object? context, int index) => [];

    public static ImmutableArray<TypeName> InSignature(MethodSignature<ImmutableArray<TypeName>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(type => type)];
}
