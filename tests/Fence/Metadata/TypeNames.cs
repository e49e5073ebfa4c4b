using System.Reflection.Metadata;

namespace Testbed.Tests.Fence;

/// <summary>Reads the names of types that an assembly defines or refers to.</summary>
internal static class TypeNames
{
    public static TypeName Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Nested(Of(reader, (TypeReferenceHandle)type.ResolutionScope), name)
            : new TypeName(reader.GetString(type.Namespace), name);
    }

    public static TypeName Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        var outer = type.GetDeclaringType();
        return outer.IsNil
            ? new TypeName(reader.GetString(type.Namespace), name)
            : Nested(Of(reader, outer), name);
    }

    private static TypeName Nested(TypeName outer, string name) =>
        outer with { Name = outer.Name + "." + name };
}
